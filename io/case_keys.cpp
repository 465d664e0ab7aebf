#include "io/case_keys.hpp"

namespace limpid {
namespace {

using K = KeyType;
constexpr NamedUnit kNone = unit::none;
constexpr NamedUnit kWatt{"W", {{0, -1, 0, 0, 0, 0, 0, 1}, 1.0, 0.0}};
constexpr NamedUnit kEnergyPerYear{"kWh/a", {{0, -1, 0, 0, 0, 0, 0, 1}, 3.6e6 / (365.25 * 86400), 0.0}};
constexpr NamedUnit kOxygenPerEnergy{"kg/kWh", {{0, 0, 1, 0, 0, 0, 0, -1}, 1e3 / 3.6e6, 0.0}};

const std::vector<Key> kCaseKeys = {
    {"case", "id", K::text, true, "", kNone, "", "short name of the case, used in file names",
     "案例标识，用于文件名"},
    {"case", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"case", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"case", "description", K::text, false, "", kNone, "", "what the case is for", "案例说明"},

    {"time", "begin", K::time, true, "", kNone, "", "first instant of the run", "计算起始时刻"},
    {"time", "end", K::time, true, "", kNone, "", "the run ends before this instant", "计算结束时刻（不含）"},
    {"time", "step", K::interval, false, "10 min", unit::second, "",
     "time step; divides an hour, or is a whole number of hours", "时间步长；须能整除 1 小时，或为整数小时"},
    {"time", "offset", K::offset, false, "+08:00", kNone, "",
     "offset of local time from UTC: of months and days, and of times written without one",
     "当地时间与 UTC 的时差：用于划分月、日，以及未注明时差的时间"},
    {"time", "forcing_years", K::years, false, "", kNone, "",
     "record year that stands for a model year, { 2026 = 2018, default = \"2021\" }; 29 February takes the "
     "record "
     "year's 28 February where it has no 29th",
     "模型年份所采用的资料年份，如 { 2026 = 2018, default = \"2021\" }；资料年无 2 月 29 日时取 2 月 28 日"},

    {"initial", "kind", K::choice, false, "spin_up", kNone, "steady spin_up file",
     "initial state: steady (run to a steady state under the first step's inputs), spin_up (steady water, "
     "then the "
     "first inputs repeated), file (a state that an earlier run wrote)",
     "初始状态：steady 恒定态；spin_up 恒定水流后以起始时段输入预热；file 读取既有状态"},
    {"initial", "spin_up", K::period, false, "P30D", kNone, "", "length of the spin-up", "预热时长"},
    {"initial", "file", K::file, false, "", kNone, "",
     "with kind = \"file\": the state.nc that a run of the same network wrote ([output] final_state); a "
     "constituent "
     "that it lacks needs its [initial.concentration]",
     "kind = \"file\" 时：同一河网的运行所写的 state.nc（[output] final_state）；其中没有的组分须给出 "
     "[initial.concentration]"},
    {"initial.concentration", "*", K::quantity, false, "0 mg/L", unit::mg_per_litre, "",
     "concentration everywhere before the spin-up, by constituent; with kind = \"file\" only of constituents "
     "that the "
     "state lacks. pH stands for DIC, at the alkalinity and temperature beside it",
     "各组分的全河网初始浓度（预热之前）；kind = \"file\" 时仅用于状态文件中没有的组分。可用 pH 代替 "
     "DIC，按所给碱度和水温换算"},

    {"network", "nodes", K::file, true, "", kNone, "", "table of nodes", "节点表"},
    {"network", "reaches", K::file, true, "", kNone, "", "table of reaches", "河段表"},
    {"network", "channels", K::file, true, "", kNone, "", "table of channel shapes", "断面形状表"},
    {"network", "outlets", K::file, false, "", kNone, "",
     "table of what stands below the outlets: stages, tides, ratings, free falls (schemes dynamic and "
     "steady)",
     "出口条件表：水位、潮位、水位流量关系、自由跌水（dynamic 与 steady 方法）"},
    {"network", "structures", K::file, false, "", kNone, "",
     "table of weirs, gates and orifices (schemes dynamic and steady)",
     "堰、闸、孔口表（dynamic 与 steady 方法）"},
    {"network", "hydropower", K::file, false, "", kNone, "", "table of small hydropower stations",
     "小水电站表"},
    {"network", "lakes", K::file, false, "", kNone, "", "table of lakes and reservoirs", "湖泊水库表"},
    {"network", "lake_layers", K::file, false, "", kNone, "",
     "table of the boundaries between the layers of lakes; a lake that it does not name is mixed from "
     "surface "
     "to bottom",
     "湖库分层界面表；表中未列的湖库自水面至库底完全混合"},
    {"network", "crs", K::text, false, "EPSG:4490", kNone, "",
     "coordinate system of the nodes; without coordinates a schematic layout is made and marked as such",
     "节点坐标系；未给坐标时自动生成示意布局并加以标注"},
    {"network", "evaporation", K::series, false, "0 m/s", unit::metre_per_second, "",
     "from the water surface of all reaches that do not give their own (lakes give theirs)",
     "各河段水面蒸发；河段另有给定的除外（湖库在湖库表中给出）"},
    {"network", "seepage", K::series, false, "0 m/s", unit::metre_per_second, "",
     "through the bed of all reaches that do not give their own", "各河段河床渗漏；河段另有给定的除外"},
    {"network", "cell_length", K::quantity, false, "500 m", unit::metre, "", "wanted length of cells",
     "计算单元目标长度"},

    {"constituents", "use", K::texts, true, "", kNone, "", "constituents that the water carries",
     "水体所含组分"},
    {"constituents.define.*", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"constituents.define.*", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"constituents.define.*", "basis", K::choice, false, "gram", kNone, "gram count mole",
     "what its amount counts", "数量的计量方式"},
    {"constituents.define.*", "phase", K::choice, false, "dissolved", kNone,
     "dissolved particulate mixed attached", "phase; attached: stays at the bed, in g/m2, and is not carried",
     "相态；attached：附着于河床（g/m2），不随水输移"},
    {"constituents.define.*", "nitrogen", K::number, false, "0", kNone, "", "g of N in a unit of its amount",
     "单位数量中氮的克数"},
    {"constituents.define.*", "phosphorus", K::number, false, "0", kNone, "",
     "g of P in a unit of its amount", "单位数量中磷的克数"},
    {"constituents.define.*", "carbon", K::number, false, "0", kNone, "", "g of C in a unit of its amount",
     "单位数量中碳的克数"},
    {"constituents.define.*", "non_negative", K::boolean, false, "true", kNone, "",
     "whether it can never be negative", "是否不可为负"},
    {"constituents.define.*", "cf_name", K::text, false, "", kNone, "", "CF standard name", "CF 标准名"},
    {"constituents.define.*", "synonyms", K::texts, false, "", kNone, "", "other spellings in data",
     "数据中的其他写法"},

    {"tags", "constituents", K::texts, true, "", kNone, "",
     "constituents whose sources are told apart: each is recorded as <constituent>_from_<group> as well, and "
     "the groups add up to it",
     "需区分来源的组分：另外记录 <组分>_from_<组>，各组之和等于该组分"},
    {"tags.groups", "*", K::texts, true, "", kNone, "",
     "by group: its sources, any of a list of source:, sector:, county:, permit:, reach:, stretch:. What no "
     "group claims, what stands in the river at the begin and what processes bring from outside is group "
     "other. At most 32 groups with it",
     "各组所含的源：source:、sector:、county:、permit:、reach:、stretch: 之一或其列表（满足任一即可）；"
     "未归组的源、初始含量及过程自外部带入的量归入 other 组；连同 other 最多 32 组"},

    {"derived", "use", K::texts, false, "", kNone, "",
     "quantities by formula (TN, ...), recorded and assessed but not carried",
     "导出量（TN 等）：记录并评价，不参与输移"},

    {"processes", "set", K::choice, false, "none", kNone, "none screening river",
     "a ready set of processes (docs/processes.md): those of its processes run for which the case has what "
     "is "
     "listed there; [processes.ID] changes one of them, with use = false leaves it out, or adds another",
     "成套过程（见 docs/processes.md）：案例具备所列条件的过程参与计算；[processes.ID] "
     "可修改、以 use = false 去除其中一项，或另加过程"},
    {"processes.*", "use", K::boolean, false, "true", kNone, "", "false: leave this process of the set out",
     "false：不使用成套过程中的这一项"},
    {"processes.*", "type", K::text, false, "", kNone, "",
     "process that `limpid processes` lists; absent: the table's own name",
     "过程类型（见 `limpid processes`）；缺省为表名"},
    {"processes.*", "where", K::choice, false, "channel", kNone, "channel storage",
     "in the channel, or in the dead zones beside it", "作用于主槽（channel）或暂态储存区（storage）"},
    {"processes.*", "*", K::quantity, false, "", kNone, "",
     "a role of the process = \"constituent\"; a parameter = quantity with unit; parameter.value and "
     "parameter.theta; "
     "[processes.ID.stretch.NAME] parameter = quantity there",
     "过程的角色 = \"组分\"；参数 = 带单位的数值；参数.value 与 参数.theta；[processes.ID.stretch.名称] "
     "为该河区取值"},

    {"hydraulics", "scheme", K::choice, false, "kinematic", kNone, "steady kinematic muskingum-cunge dynamic",
     "how water is routed: steady = normal depth for what the sources give at the moment, backwater above "
     "outlets with a level, structures and lakes; kinematic = flood "
     "waves "
     "without attenuation; muskingum-cunge = flood waves that flatten as the river's width, slope and flow "
     "say; dynamic "
     "= the full Saint-Venant equations with backwater and reversal. All take any step; kinematic and "
     "muskingum-cunge need slopes above 0",
     "水流演算方法：steady 恒定流（正常水深；给定水位的出口、建筑物和湖库以上计回水）；kinematic "
     "运动波（不坦化）；muskingum-cunge "
     "马斯京根-康吉法（洪峰随河宽、比降和流量坦化）。dynamic 完整圣维南方程（含回水与逆流）。步长不限；"
     "kinematic 与 muskingum-cunge 要求比降大于 0"},
    {"transport", "scheme", K::choice, false, "monotone", kNone, "monotone linear",
     "monotone (limited), or linear (limiter off: runs superpose)",
     "monotone 单调；linear 线性（不限制，可叠加）"},
    {"transport", "dispersion", K::boolean, false, "true", kNone, "",
     "whether matter disperses along the river", "是否计算纵向离散"},
    {"kinetics", "integrator", K::choice, false, "mean-state", kNone, "mean-state two-stage cvode",
     "mean-state = positive, second order, stable at any step; two-stage = explicit (Heun) with the same "
     "limiter, "
     "for comparison; cvode = every point by SUNDIALS CVODE to 1e-9, the reference, some hundred times as "
     "slow",
     "mean-state 保正、二阶、任意步长稳定；two-stage 显式两步法（同一限制器，仅供比较）；cvode 逐点用 "
     "SUNDIALS CVODE "
     "求解至 1e-9，作为参照，约慢千倍"},
    {"kinetics", "sub_steps", K::integer, false, "0", kNone, "",
     "kinetics sub-steps in a step; 0 = as many as make a sub-step of at most 15 min",
     "每步的动力学子步数；0 表示子步不超过 15 min"},

    {"climate.*", "water_temperature", K::series, false, "", unit::degree_celsius, "",
     "water temperature; required unless the case simulates it (constituent temperature)",
     "水温；除非案例模拟水温（组分 temperature），否则必填"},
    {"climate.*", "wind", K::series, false, "", unit::metre_per_second, "", "wind 10 m above the water",
     "10 m 高风速"},
    {"climate.*", "air_temperature", K::series, false, "", unit::degree_celsius, "", "temperature of the air",
     "气温"},
    {"climate.*", "relative_humidity", K::series, false, "", unit::none, "", "relative humidity, 0 to 1",
     "相对湿度，0 至 1"},
    {"climate.*", "cloud", K::series, false, "", unit::none, "", "share of the sky under cloud, 0 to 1",
     "云量，0 至 1"},
    {"climate.*", "solar", K::series, false, "", unit::watt_per_m2, "",
     "measured short wave on level ground; absent: clear sky from place and date, less the clouds",
     "实测太阳总辐射；缺省时由地点、日期和云量计算"},
    {"climate.*", "latitude", K::number, false, "", kNone, "", "degrees north", "北纬（度）"},
    {"climate.*", "longitude", K::number, false, "", kNone, "", "degrees east", "东经（度）"},
    {"climate.*", "elevation", K::quantity, false, "0 m", unit::metre, "",
     "above sea level, for the sun's path", "海拔（用于太阳辐射）"},
    {"climate.*", "turbidity", K::number, false, "2", kNone, "", "of the clear sky, 2 clear to 5 smoggy",
     "晴空浑浊度，2（清洁）至 5（烟雾）"},
    {"climate.*", "equilibrium_temperature", K::series, false, "", unit::degree_celsius, "",
     "temperature at which water exchanges no heat with the air (process equilibrium_heat)",
     "平衡水温（过程 equilibrium_heat）"},

    {"sources", "inventory", K::file, true, "", kNone, "", "table of sources and abstractions",
     "污染源与取水清单"},
    {"sources", "patterns", K::file, false, "", kNone, "", "table of monthly factors", "月变化系数表"},
    {"sections", "file", K::file, false, "", kNone, "", "table of monitoring sections", "监测断面表"},

    {"assessment", "standard", K::text, false, "GB3838-2002", kNone, "", "standard that judges the sections",
     "评价标准"},
    {"assessment", "statistic", K::choice, false, "time_mean", kNone, "time_mean sample_day station",
     "how a month's value is made", "月值统计方法"},
    {"assessment", "rounding", K::choice, false, "none", kNone, "none standard",
     "rounding before values are compared", "比较前的修约方式"},
    {"assessment", "sample_day", K::integer, false, "10", kNone, "",
     "day of the month, with statistic = \"sample_day\"", "采样日（statistic = \"sample_day\" 时）"},
    {"assessment", "min_months", K::integer, false, "12", kNone, "",
     "monthly values that a year's value needs, 8 to 12; fewer than 12 only where ice prevents sampling",
     "年均值所需的月值个数，8 至 12；仅在冰封期无法采样时少于 12"},
    {"assessment", "criteria", K::texts, false, "", kNone, "",
     "criteria to judge by beside the standard's classes, such as \"US-EPA-DO-1986:warmwater_other\"",
     "除分类标准外另行评价的基准，如 \"US-EPA-DO-1986:warmwater_other\""},
    {"assessment", "carried", K::file, false, "", kNone, "",
     "table of observed items that are not simulated; their values are carried unchanged into every year and "
     "count "
     "in the class",
     "未模拟项目的实测值表；其值在各年份中沿用不变，并计入断面类别"},

    {"observations", "file", K::file, false, "", kNone, "",
     "measured values, for fit.csv: columns time, section_id, constituent, value, unit, or a national "
     "station export",
     "实测值，用于 fit.csv：列 time、section_id、constituent、value、unit，或国家站导出表"},

    {"output", "section_interval", K::interval, false, "1 h", unit::second, "",
     "time between records at sections", "断面记录间隔"},
    {"output", "map_interval", K::interval, false, "P1D", unit::second, "",
     "time between maps of the whole network; \"0 s\" = none", "全河网输出间隔；\"0 s\" 表示不输出"},
    {"output", "final_state", K::boolean, false, "false", kNone, "",
     "write state.nc, the river at the end, for [initial] kind = \"file\" of a later run",
     "写出 state.nc，即计算结束时的状态，供后续计算以 [initial] kind = \"file\" 读取"},
};

const std::vector<Key> kPlanKeys = {
    {"plan", "id", K::text, true, "", kNone, "", "short name of the plan", "方案标识"},
    {"plan", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"plan", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"plan", "cap_policy", K::choice, false, "error", kNone, "error lowest",
     "two caps on one source and constituent at one time: an error, or the lowest holds",
     "同一源同一组分同时有两个浓度上限时：报错，或取最低"},
    {"plan", "screening_step", K::interval, false, "", unit::second, "",
     "time step of the many runs behind `plan compare --attribute`, longer than the case's to save time; "
     "what "
     "the two steps differ by is told. Absent: the case's own",
     "`plan compare --attribute` 归因计算所用的时间步长，可长于案例步长以节省时间，并给出两种步长的差异；"
     "缺省为案例步长"},

    {"measure", "id", K::text, true, "", kNone, "", "short name, unique in the plan", "措施标识，方案内唯一"},
    {"measure", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"measure", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"measure", "type", K::choice, true, "", kNone,
     "remove_fraction cap_concentration set_load scale_flow add_flow set_parameter works_built works_upgrade "
     "interception village_sewage livestock_manure fertiliser_cut pesticide_cut wetland buffer dredging "
     "aeration ecological_release station_removed water_transfer water_saving outfall_closed production_stop "
     "outfall_moved tailings_closed channel_restoration gate_rule",
     "what the measure does: one of the six actions, or a type of the library (`limpid measures`)",
     "措施作用方式：六种基本作用之一，或措施库中的类型（`limpid measures`）"},
    {"measure", "at", K::texts, true, "", kNone, "",
     "\"kind:id\" with kind source, sector, county, permit, reach, stretch, station or structure; in a list "
     "all conditions must hold",
     "\"类别:标识\"，类别为 "
     "source、sector、county、permit、reach、stretch、station、structure；列表中的条件须同时满足"},
    {"measure", "start", K::time, true, "", kNone, "", "when it starts", "开始日期"},
    {"measure", "lag", K::period, false, "P0D", kNone, "", "time from the start until the effect begins",
     "见效滞后"},
    {"measure", "ramp", K::period, false, "P0D", kNone, "",
     "time in which the effect grows from none to full", "效果由零增至全部所需时间"},
    {"measure", "end", K::time, false, "", kNone, "", "when the effect ends", "效果终止日期"},
    {"measure", "season", K::season, false, "", kNone, "",
     "first and last day of the part of the year in which it acts, every year; first after last: across New "
     "Year. Outside it the effect is 0; lag and ramp run by the calendar",
     "每年起作用时段的首日与末日；首日晚于末日表示跨年。时段之外效果为 0；滞后与渐增按日历推进"},
    {"measure", "half_life", K::period, false, "P0D", kNone, "",
     "a store between cause and effect (soil, bank storage): the effect follows lag and ramp with this "
     "half-life",
     "存量滞后（土壤等）的半衰期：效果以此半衰期跟随 lag 与 ramp"},
    {"measure", "relapse", K::period, false, "P0D", kNone, "",
     "half-life with which the effect wears off once it is whole; absent: it stays",
     "效果达到全部之后逐渐回退的半衰期；缺省为不回退"},
    {"measure", "slip", K::period, false, "P0D", kNone, "",
     "by how much the start may be late (plan compare --how-sure)",
     "开始日期可能推迟的最大时长（plan compare --how-sure）"},
    {"measure", "effect_low", K::number, false, "1", kNone, "",
     "the effect may be as little as this times what is stated, 0 to 1; absent: by the published range of "
     "the "
     "type, else 1",
     "效果最低可为所给值的倍数，0 至 1；缺省取该类型已发表范围，否则为 1"},
    {"measure", "effect_high", K::number, false, "1", kNone, "",
     "the effect may be as much as this times what is stated, from 1 up",
     "效果最高可为所给值的倍数，不小于 1"},
    {"measure", "coverage", K::fraction, false, "", kNone, "",
     "types of the library: share of the place's load that the measure reaches, when it is whole",
     "措施库类型：措施完成后覆盖该处负荷的比例"},
    {"measure", "coverage_before", K::fraction, false, "", kNone, "",
     "share that is reached already and stands in the inventory's load; absent: 0",
     "现状覆盖率（清单负荷已计入）；缺省为 0"},
    {"measure", "coverage_falls", K::boolean, false, "false", kNone, "",
     "says that a coverage below coverage_before is meant", "确认覆盖率下降"},
    {"measure", "response", K::number, false, "1", kNone, "", "load lost for each part of use cut",
     "用量每削减一份所减少的负荷份数"},
    {"measure", "reduction", K::fraction, false, "", kNone, "",
     "share by which the bed's demand and release, or an abstraction, fall",
     "底泥耗氧与释放、或取水量的下降比例"},
    {"measure", "area", K::quantity, false, "", unit::square_metre, "", "of a wetland", "湿地面积"},
    {"measure", "tanks", K::integer, false, "3", kNone, "", "P of a wetland's P-k-C* model",
     "湿地 P-k-C* 模型的 P"},
    {"measure", "temperature", K::quantity, false, "15 degC", unit::degree_celsius, "",
     "of a wetland's water over the year", "湿地水温（全年）"},
    {"measure", "power", K::quantity, false, "", kWatt, "", "of aerators", "曝气功率"},
    {"measure", "efficiency", K::quantity, false, "1.5 kg/kWh", kOxygenPerEnergy, "",
     "oxygen per energy in clean water; surface aerators 1 to 2 kg/kWh (vendor, one source)",
     "清水动力效率；表面曝气 1 至 2 kg/kWh（厂商资料，单一来源）"},
    {"measure", "field_factor", K::number, false, "0.5", kNone, "",
     "share of that in the river: 0.51 at 4 mg/L and 20 degC (one source)",
     "现场与清水之比：DO 4 mg/L、20 ℃ 时为 0.51（单一来源）"},
    {"measure", "to", K::text, false, "", kNone, "", "where an outfall is moved: \"source:...\"",
     "排口迁往：\"source:...\""},
    {"measure", "*", K::quantity, false, "", kNone, "",
     "effect by constituent: remove_fraction 0.4 or \"40 %\"; cap_concentration \"1.5 mg/L\"; set_load \"12 "
     "kg/d\"",
     "按组分给出效果：remove_fraction 0.4 或 \"40 %\"；cap_concentration \"1.5 mg/L\"；set_load \"12 kg/d\""},
    {"measure", "all", K::fraction, false, "", kNone, "",
     "remove_fraction: of every constituent but DO, temperature and age",
     "remove_fraction：作用于除 DO、水温、水龄外的全部组分"},
    {"measure", "flow", K::text, false, "", kNone, "",
     "scale_flow: change, -0.2 or \"-20 %\"; add_flow: \"0.3 m3/s\"",
     "scale_flow：变化比例，-0.2 或 \"-20 %\"；add_flow：\"0.3 m3/s\""},
    {"measure", "release", K::text, false, "", kNone, "",
     "ecological_release: what a hydropower station leaves first, \"0.3 m3/s\", or a list of twelve, January "
     "to December",
     "ecological_release：水电站优先下泄的流量，\"0.3 m3/s\"，或一月至十二月的十二个值"},
    {"measure", "inflow_share", K::fraction, false, "", kNone, "",
     "ecological_release: the same as a share of what arrives at the intake",
     "ecological_release：同上，按来水比例"},
    {"measure", "at_most", K::quantity, false, "", unit::cubic_metre_per_second, "",
     "water_saving: the flow that an abstraction does not pass", "water_saving：取水流量上限"},
    {"measure", "width_factor", K::number, false, "", kNone, "",
     "channel_restoration: by which all widths of the channel are multiplied, 0.1 to 10",
     "channel_restoration：河道各宽度的倍数，0.1 至 10"},
    {"measure", "manning_n", K::number, false, "", kNone, "",
     "channel_restoration: the new Manning's n, s m^(-1/3), 0.005 to 1",
     "channel_restoration：新的曼宁糙率，s·m^(-1/3)，0.005 至 1"},
    {"measure", "opening", K::text, false, "", kNone, "",
     "gate_rule: height of the opening, \"0.4 m\", or a list of twelve, January to December",
     "gate_rule：开启高度，\"0.4 m\"，或一月至十二月的十二个值"},
    {"measure", "from_level", K::quantity, false, "", unit::metre, "",
     "gate_rule: level above the structure from which it moves towards `opening`; absent: at any level",
     "gate_rule：建筑物上游水位高于此值时开始趋向 opening；缺省与水位无关"},
    {"measure", "full_level", K::quantity, false, "", unit::metre, "",
     "gate_rule: level by which it stands at `opening`; straight between both",
     "gate_rule：上游水位达到此值时开启至 opening；其间线性变化"},
    {"measure", "process", K::text, false, "", kNone, "",
     "set_parameter: the process; or transport, whose dispersion it sets",
     "set_parameter：过程；或 transport（设定纵向离散）"},
    {"measure", "parameter", K::text, false, "", kNone, "",
     "set_parameter: its parameter; of transport dispersion or dispersion_factor, at reach: or stretch:",
     "set_parameter：参数；transport 的参数为 dispersion 或 dispersion_factor，作用于 reach: 或 stretch:"},
    {"measure", "value", K::text, false, "", kNone, "", "set_parameter: the new value, with unit",
     "set_parameter：新取值（带单位）"},
    {"measure", "capex", K::quantity, false, "0 元", unit::yuan, "", "investment", "投资"},
    {"measure", "opex", K::quantity, false, "0 元/a", unit::yuan_per_year, "", "running cost", "运行费用"},
    {"measure", "energy", K::quantity, false, "0 kWh/a", kEnergyPerYear, "", "electricity while it runs",
     "运行用电"},
    {"measure", "evidence", K::text, false, "", kNone, "", "where the effect's size comes from",
     "效果取值依据"},
};

const std::vector<Key> kHowSureKeys = {
    {"how_sure", "members", K::integer, false, "100", kNone, "", "how many draws of everything, 2 to 100000",
     "抽样成员数，2 至 100000"},
    {"how_sure", "seed", K::integer, false, "1", kNone, "", "of the random numbers, from 0 up",
     "随机数种子，不小于 0"},
    {"how_sure", "fit", K::boolean, false, "true", kNone, "",
     "whether the errors of the model are those of fit.csv (RMSE by section and indicator), where the case "
     "has "
     "observations",
     "案例有实测值时，模型误差是否取自 fit.csv（各断面各指标的 RMSE）"},
    {"years.*", "forcing_years", K::years, true, "", kNone, "",
     "a hydrological choice: record years for model years, as in [time]",
     "水文年组合：模型年份所采用的资料年份，同 [time]"},
    {"years.*", "weight", K::number, false, "1", kNone, "", "how often it is drawn, against the others",
     "相对于其他组合的抽取权重"},
    {"parameters.*", "*", K::fraction, false, "", kNone, "",
     "[parameters.<process id>] parameter = deviation of the natural logarithm of its factor (median 1): "
     "0.3, "
     "\"30 %\"",
     "[parameters.<过程标识>] 参数 = 其乘数自然对数的标准差（中值 1）：0.3、\"30 %\""},
    {"model_error", "*", K::quantity, false, "", kNone, "",
     "by indicator: deviation of the model's error at every section, in place of the fit's",
     "按指标给出各断面模型误差的标准差，取代 fit 的值"},
};

}  // namespace

const std::vector<Key>& how_sure_keys() {
  return kHowSureKeys;
}
const std::vector<Key>& case_keys() {
  return kCaseKeys;
}
const std::vector<Key>& plan_keys() {
  return kPlanKeys;
}

}  // namespace limpid
