#include "io/case_keys.hpp"

namespace limpid {
namespace {

using K = KeyType;
constexpr NamedUnit kNone = unit::none;

const std::vector<Key> kColumns = {
    {"nodes.csv", "id", K::text, true, "", kNone, "", "node", "节点标识"},
    {"nodes.csv", "lon", K::number, false, "", kNone, "", "longitude, degrees east", "经度（度）"},
    {"nodes.csv", "lat", K::number, false, "", kNone, "", "latitude, degrees north", "纬度（度）"},
    {"nodes.csv", "x", K::number, false, "", kNone, "", "easting in the coordinate system", "横坐标"},
    {"nodes.csv", "y", K::number, false, "", kNone, "", "northing in the coordinate system", "纵坐标"},
    {"nodes.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},

    {"reaches.csv", "id", K::text, true, "", kNone, "", "reach", "河段标识"},
    {"reaches.csv", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"reaches.csv", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"reaches.csv", "from", K::text, true, "", kNone, "", "node at the upper end", "上游节点"},
    {"reaches.csv", "to", K::text, true, "", kNone, "", "node at the lower end", "下游节点"},
    {"reaches.csv", "length", K::quantity, true, "", unit::metre, "", "length along the river", "沿河长度"},
    {"reaches.csv", "slope", K::quantity, true, "", unit::none, "", "slope of the bed (m/m)",
     "河床比降（m/m）"},
    {"reaches.csv", "manning_n", K::number, true, "", kNone, "", "Manning's n, s m^(-1/3)",
     "曼宁糙率 n，s·m^(-1/3)"},
    {"reaches.csv", "channel", K::text, true, "", kNone, "", "channel shape", "断面形状标识"},
    {"reaches.csv", "elevation", K::quantity, false, "0 m", unit::metre, "", "of the bed above sea level",
     "河床高程"},
    {"reaches.csv", "dispersion", K::quantity, false, "0 m2/s", unit::square_metre_per_second, "",
     "longitudinal dispersion", "纵向离散系数"},
    {"reaches.csv", "cell_length", K::quantity, false, "", unit::metre, "",
     "wanted cell length in this reach", "本河段计算单元目标长度"},
    {"reaches.csv", "county", K::text, false, "", kNone, "", "county", "县（区）"},
    {"reaches.csv", "stretch", K::text, false, "", kNone, "",
     "group of reaches that parameters and measures may name", "河区：参数与措施可引用的河段分组"},
    {"reaches.csv", "climate", K::text, false, "", kNone, "", "climate; absent: the only one",
     "气候标识；缺省为唯一的一个"},
    {"reaches.csv", "split_kind", K::choice, false, "remainder", kNone, "remainder fraction diversion",
     "at a bifurcation: the remainder, a fraction of the node's flow, or a diversion",
     "分汊处：remainder 余量，fraction 按比例，diversion 引水"},
    {"reaches.csv", "fraction", K::fraction, false, "", kNone, "",
     "share of the node's flow (split_kind fraction)", "分流比（split_kind 为 fraction）"},
    {"reaches.csv", "capacity", K::quantity, false, "", unit::cubic_metre_per_second, "",
     "largest diverted flow (split_kind diversion)", "引水能力（split_kind 为 diversion）"},
    {"reaches.csv", "reserve", K::quantity, false, "0 m3/s", unit::cubic_metre_per_second, "",
     "flow left to the river before any is diverted", "优先下泄的生态流量"},
    {"reaches.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},

    {"channels.csv", "id", K::text, true, "", kNone, "", "channel shape", "断面形状标识"},
    {"channels.csv", "shape", K::choice, true, "", kNone,
     "rectangular trapezoidal compound power_law tabulated", "form of the cross-section", "断面形式"},
    {"channels.csv", "bottom_width", K::quantity, false, "", unit::metre, "",
     "rectangular, trapezoidal, compound", "底宽（矩形、梯形、复式）"},
    {"channels.csv", "side_slope", K::number, false, "0", kNone, "", "horizontal per vertical", "边坡系数"},
    {"channels.csv", "bank_depth", K::quantity, false, "", unit::metre, "",
     "compound: depth where the plain floods", "复式断面：平滩水深"},
    {"channels.csv", "flood_width", K::quantity, false, "", unit::metre, "",
     "compound: width of the flood plain, both sides together", "复式断面：两侧滩地总宽"},
    {"channels.csv", "flood_manning_n", K::number, false, "0", kNone, "",
     "compound: n of the flood plain; 0 = the reach's", "复式断面：滩地糙率；0 表示同河段"},
    {"channels.csv", "area_coef", K::number, false, "", kNone, "", "power_law: a in A = a h^b (m, m2)",
     "幂函数断面：A = a h^b 中的 a（m、m2）"},
    {"channels.csv", "area_exp", K::number, false, "", kNone, "", "power_law: b in A = a h^b",
     "幂函数断面：A = a h^b 中的 b"},
    {"channels.csv", "table", K::file, false, "", kNone, "", "tabulated: table of depth and width",
     "列表断面：水深与水面宽表"},
    {"channels.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},

    {"width table", "depth", K::quantity, true, "", unit::metre, "", "depth, rising from 0",
     "水深，自 0 递增"},
    {"width table", "width", K::quantity, true, "", unit::metre, "", "width of the water surface", "水面宽"},

    {"sources.csv", "id", K::text, true, "", kNone, "", "source", "源标识"},
    {"sources.csv", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"sources.csv", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"sources.csv", "kind", K::choice, true, "", kNone, "boundary point diffuse abstraction",
     "inflow at a node, point source, source along a reach, or abstraction", "边界入流、点源、面源或取水"},
    {"sources.csv", "node", K::text, false, "", kNone, "", "where a boundary enters (points too)",
     "边界（或点源）所在节点"},
    {"sources.csv", "reach", K::text, false, "", kNone, "", "reach of all other kinds", "其他类型所在河段"},
    {"sources.csv", "chainage", K::quantity, false, "", unit::metre, "",
     "distance below the reach's upper end; diffuse: where it begins (absent: the upper end)",
     "距河段上端的距离；面源为起点（缺省为上端）"},
    {"sources.csv", "end_chainage", K::quantity, false, "", unit::metre, "",
     "diffuse: where it ends (absent: the lower end)", "面源终点（缺省为下端）"},
    {"sources.csv", "sector", K::text, false, "", kNone, "",
     "wwtp, industry, village, livestock, cropland, urban, ...",
     "行业：wwtp、industry、village、livestock、cropland、urban 等"},
    {"sources.csv", "county", K::text, false, "", kNone, "", "county", "县（区）"},
    {"sources.csv", "permit", K::text, false, "", kNone, "", "discharge permit", "排污许可证编号"},
    {"sources.csv", "flow", K::series, true, "", unit::cubic_metre_per_second, "",
     "water that enters, or leaves at an abstraction", "入流量；取水则为取水量"},
    {"sources.csv", "pattern", K::text, false, "", kNone, "",
     "monthly factors that its concentrations and loads (never its flow) are multiplied by",
     "月变化系数：乘于浓度或负荷，不乘流量"},
    {"sources.csv", "carries_water", K::boolean, false, "", kNone, "",
     "whether a measure on its flow changes the river's water; absent: when its mean flow passes 1 % of the "
     "mean of "
     "all inflows above its place",
     "改变其流量的措施是否改变河道水量；缺省：平均流量超过该处上游全部入流均值的 1 % 时为是"},
    {"sources.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},
    {"sources.csv", "*", K::series, false, "", kNone, "",
     "one column for each constituent, \"NH3_N [mg/L]\" a concentration in the flow or \"NH3_N [kg/d]\" a "
     "load: the "
     "unit decides",
     "每个组分一列：\"NH3_N [mg/L]\" 为浓度，\"NH3_N [kg/d]\" 为负荷，由单位决定"},

    {"patterns.csv", "id", K::text, true, "", kNone, "", "pattern", "月变化系数标识"},
    {"patterns.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},
    {"patterns.csv", "*", K::number, true, "", kNone, "", "m01 ... m12: factor of each month",
     "m01 至 m12：各月系数"},

    {"sections.csv", "id", K::text, true, "", kNone, "", "section", "断面标识"},
    {"sections.csv", "name_zh", K::text, false, "", kNone, "", "name in Chinese", "中文名称"},
    {"sections.csv", "name_en", K::text, false, "", kNone, "", "name in English", "英文名称"},
    {"sections.csv", "level", K::text, false, "", kNone, "", "国考, 省考, 市考", "国考、省考、市考"},
    {"sections.csv", "county", K::text, false, "", kNone, "", "county", "县（区）"},
    {"sections.csv", "river", K::text, false, "", kNone, "", "river", "河流"},
    {"sections.csv", "reach", K::text, true, "", kNone, "", "reach", "河段"},
    {"sections.csv", "chainage", K::quantity, true, "", unit::metre, "",
     "distance below the reach's upper end", "距河段上端的距离"},
    {"sections.csv", "target", K::text, false, "", kNone, "", "target class, I to V (Ⅲ, III, 3, Ⅲ类)",
     "目标类别"},
    {"sections.csv", "indicators", K::texts, false, "", kNone, "",
     "what the target is asked of, separated by blanks or |; absent: every item present",
     "考核指标，以空格或 | 分隔；缺省为全部具备的项目"},
    {"sections.csv", "limit_date", K::time, false, "", kNone, "", "day by which the target must be met",
     "达标期限"},
    {"sections.csv", "lake", K::boolean, false, "false", kNone, "",
     "judged by the limits of lakes and reservoirs", "是否按湖库标准评价"},
    {"sections.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},

    {"carried.csv", "section_id", K::text, true, "", kNone, "", "section", "断面标识"},
    {"carried.csv", "constituent", K::text, true, "", kNone, "",
     "item of the standard that the case does not simulate, by id or name",
     "标准中案例未模拟的项目，标识或名称"},
    {"carried.csv", "month", K::integer, false, "", kNone, "",
     "1 to 12; empty: the value stands for all twelve months", "月份 1 至 12；空表示全部 12 个月"},
    {"carried.csv", "value", K::text, true, "", kNone, "",
     "observed value; \"<0.001\" and \"0.001L\" count as half of it, \"--\" as missing",
     "实测值；\"<0.001\"、\"0.001L\" 按其一半计，\"--\" 为缺测"},
    {"carried.csv", "unit", K::text, false, "", kNone, "",
     "its unit; may be empty for items without one (pH)", "单位；无量纲项目（pH）可为空"},
    {"carried.csv", "note", K::text, false, "", kNone, "", "remark; not read", "备注，不参与计算"},

    {"series file", "time", K::time, true, "", kNone, "",
     "header \"time\" or \"time [step_mean]\": a value holds until the next time; \"time [linear]\": "
     "straight between",
     "表头 \"time\" 或 \"time [step_mean]\"：数值保持至下一时刻；\"time [linear]\"：线性内插"},
    {"series file", "*", K::number, true, "", kNone, "",
     "one column for each series, \"name [unit]\"; a case names it \"file.csv:name\"; a value that is not "
     "there is a gap",
     "每个序列一列，\"名称 [单位]\"；案例以 \"文件.csv:名称\" 引用；空值为缺测"},
};

}  // namespace

const std::vector<Key>& columns() {
  return kColumns;
}

}  // namespace limpid
