#include "io/sweep_keys.hpp"

namespace limpid {

namespace {

using K = KeyType;
constexpr NamedUnit kNone = unit::none;

const std::vector<Key> kSweepKeys = {
    {"sweep", "id", K::text, true, "", kNone, "", "short name of the sweep", "成组模拟标识"},
    {"sweep", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"sweep", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"sweep", "case", K::file, true, "", kNone, "",
     "folder or .toml file of the case, relative to the sweep file", "案例文件夹或 .toml 文件，相对于本文件"},
    {"sweep", "plans", K::texts, false, "", kNone, "",
     "plan files, relative to the sweep file; \"baseline\" is none. Several need a factor of kind plan. "
     "Absent: "
     "the baseline",
     "方案文件，相对于本文件；\"baseline\" 表示无措施。多个方案时须有 kind = \"plan\" 的因子；缺省为基线"},
    {"sweep", "begin", K::time, false, "", kNone, "", "shorten the run: not before the case's begin",
     "缩短计算：不早于案例起始时刻"},
    {"sweep", "end", K::time, false, "", kNone, "", "shorten the run: not after the case's end",
     "缩短计算：不晚于案例结束时刻"},

    {"sweep", "series", K::texts, false, "", kNone, "",
     "series kept of every member, each SECTION:QUANTITY, as \"S1:NH3_N\" or \"S1:discharge\"",
     "每个成员保存的过程线，写作 断面:量，如 \"S1:NH3_N\"、\"S1:discharge\""},

    {"years.*", "forcing_years", K::years, true, "", kNone, "",
     "what a factor of kind years chooses: record years for model years, as in the case's [time]",
     "kind = \"years\" 的因子所选：模型年份所采用的资料年份，同案例 [time]"},
    {"years.*", "weight", K::number, false, "1", kNone, "", "how often it is drawn, against the others",
     "相对于其他组合的抽取权重"},

    {"design", "method", K::choice, true, "", kNone, "grid list latin_hypercube sobol one_at_a_time morris",
     "how members are drawn (docs/sweeps.md)", "成员抽取方法（见 docs/sweeps.md）"},
    {"design", "members", K::integer, false, "", kNone, "",
     "latin_hypercube and sobol: the sample, with waters that of each water, with indices the base sample N; "
     "morris: trajectories",
     "latin_hypercube、sobol：样本数（给出 waters 时为每种水流的样本数，indices 时为基础样本数 N）；morris："
     "轨迹数"},
    {"design", "seed", K::integer, false, "1", kNone, "", "of the random numbers, from 0 up",
     "随机数种子，不小于 0"},
    {"design", "levels", K::integer, false, "4", kNone, "",
     "of a continuous factor: grid and one_at_a_time from 2 up, morris even",
     "连续因子的水平数：grid、"
     "one_at_a_time 不小于 2，morris 为偶数"},
    {"design", "waters", K::integer, false, "", kNone, "",
     "nested: so many draws of the factors that move the water, each with `members` draws of the others",
     "嵌套：影响水流的因子抽取次数，每次配以 members 个其他因子的抽样"},
    {"design", "indices", K::boolean, false, "false", kNone, "",
     "sobol: N (k + 2) members, from which first-order and total indices can be computed",
     "sobol：N (k + 2) 个成员，可计算一阶与总灵敏度指数"},
    {"design", "list", K::file, false, "", kNone, "",
     "list: a table such as `limpid sweep design` writes, relative to the sweep file",
     "list：由 `limpid sweep design` 写出的表格，相对于本文件"},

    {"factor", "id", K::text, true, "", kNone, "", "its column in the table of the design",
     "因子标识，即设计表的列名"},
    {"factor", "kind", K::choice, true, "", kNone,
     "years flow temperature plan start ramp effect level parameter load", "what it moves (docs/sweeps.md)",
     "所改变的对象（见 docs/sweeps.md）"},
    {"factor", "measure", K::text, false, "", kNone, "",
     "start, ramp, effect, level: id of a measure, moved in every plan that has it",
     "start、ramp、effect、level：措施标识，作用于含该措施的各方案"},
    {"factor", "key", K::text, false, "", kNone, "",
     "level: which effect of the measure: a constituent, all, flow or value",
     "level：措施的哪项效果：组分、all、flow 或 value"},
    {"factor", "process", K::text, false, "", kNone, "", "parameter: process of the case",
     "parameter：案例中的过程"},
    {"factor", "parameter", K::text, false, "", kNone, "", "parameter: of that process",
     "parameter：该过程的参数"},
    {"factor", "sector", K::text, false, "", kNone, "",
     "load: sector of the sources whose loads it multiplies; absent: all sources",
     "load：负荷所乘污染源的行业；缺省为全部源"},
    {"factor", "distribution", K::choice, false, "uniform", kNone,
     "uniform normal lognormal triangular values", "of its values; `values` alone stands for values",
     "取值分布；给出 `values` 即为 values"},
    {"factor", "low", K::quantity, false, "", kNone, "",
     "uniform, triangular: lower end; normal, lognormal: cut off there", "下限；normal、lognormal 为截断点"},
    {"factor", "high", K::quantity, false, "", kNone, "",
     "uniform, triangular: upper end; normal, lognormal: cut off there", "上限；normal、lognormal 为截断点"},
    {"factor", "mode", K::quantity, false, "", kNone, "", "triangular: most likely value",
     "triangular：众数"},
    {"factor", "median", K::quantity, false, "", kNone, "", "normal, lognormal: the middle",
     "normal、lognormal：中值"},
    {"factor", "deviation", K::quantity, false, "", kNone, "",
     "normal: standard deviation, in the unit of the median; lognormal: that of the natural logarithm (0.3, "
     "\"30 %\")",
     "normal：标准差，单位同中值；lognormal：自然对数的标准差（0.3、\"30 %\"）"},
    {"factor", "values", K::texts, false, "", kNone, "",
     "the values it can take; of plan and years their names (absent: all)",
     "可取的值；plan、years 为其名称（缺省为全部）"},
    {"factor", "weights", K::texts, false, "", kNone, "", "how likely each value is, against the others",
     "各取值的相对权重"},
};

}  // namespace

const std::vector<Key>& sweep_keys() {
  return kSweepKeys;
}

}  // namespace limpid
