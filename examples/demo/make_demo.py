#!/usr/bin/env python3
"""Makes the demo basin: the Qingxi River, an invented tributary in south-west China.

Nothing here was measured: EVERY NUMBER IN THIS FILE IS INVENTED, whatever stands beside it. The shape (areas, slopes,
widths, specific runoff, loads a head, sizes of stations, seepage of a tailings pond) is what such basins look like; the
names are made up. Run it again to get the same files: the only randomness is a seeded generator.
"""
import csv
import datetime
import math
import random
from pathlib import Path

SEED = 20250101
HERE = Path(__file__).resolve().parent
RECORD_YEARS = (2021, 2022, 2023)  # invented: wet, dry, normal
WETNESS = {2021: 1.25, 2022: 0.72, 2023: 1.0}

# Invented. river: (reaches, where its lower end joins, area above its first reach in km2, lon and lat of its first node, slope at
# its head and at its mouth)
RIVERS = {
    "M": dict(zh="青溪河", en="Qingxi River", reaches=24, joins=None, area=180, start=(104.60, 29.95), end=(105.62, 29.12),
              slope=(0.0045, 0.0007)),
    "T1": dict(zh="白石沟", en="Baishi Creek", reaches=8, joins="M06", area=110, start=(104.62, 29.62), end=None,
               slope=(0.0060, 0.0020)),
    "T2": dict(zh="柳坝河", en="Liuba River", reaches=10, joins="M12", area=120, start=(105.45, 29.92), end=None,
               slope=(0.0050, 0.0012)),
    "T2a": dict(zh="瓦窑溪", en="Wayao Brook", reaches=5, joins="T205", area=50, start=(105.15, 29.98), end=None,
                slope=(0.0070, 0.0030)),
    "T3": dict(zh="荷塘河", en="Hetang River", reaches=8, joins="M17", area=90, start=(104.95, 29.05), end=None,
               slope=(0.0040, 0.0012)),
    "T4": dict(zh="小桥溪", en="Xiaoqiao Brook", reaches=4, joins="M20", area=45, start=(105.72, 29.52), end=None,
               slope=(0.0060, 0.0025)),
}
LOCAL_AREA = 12.0  # invented: km2 that drain into each reach along its banks
# Invented small hydropower, each on a canal beside one reach: id, zh, en, bypassed reach, turbines [m3/s], release and
# inflow share it leaves today, ecological flow asked for [m3/s], hours of a day, removed.
STATIONS = [
    ("HP-01", "石门电站", "Shimen", "M-10", 6.0, 0.30, 0, 0.60, "", "", ""),
    ("HP-02", "云岭电站", "Yunling", "M-02", 4.0, 0.15, 0, 0.27, "08:00", "22:00", ""),
    ("HP-03", "龙潭电站", "Longtan", "M-06", 5.0, 0.20, 0, 0.33, "", "", ""),
    ("HP-04", "白石一级电站", "Baishi 1", "T1-02", 2.5, 0.05, 0, 0.16, "", "", ""),
    ("HP-05", "白石二级电站", "Baishi 2", "T1-05", 2.5, 0.05, 0, 0.21, "", "", ""),
    ("HP-06", "白石三级电站", "Baishi 3", "T1-06", 2.5, 0.10, 0, 0.23, "", "", ""),
    ("HP-07", "柳坝一级电站", "Liuba 1", "T2-01", 3.0, 0.06, 0, 0.16, "", "", ""),
    ("HP-08", "柳坝二级电站", "Liuba 2", "T2-04", 3.0, 0.08, 0.05, 0.21, "", "", ""),
    ("HP-09", "瓦窑一级电站", "Wayao 1", "T2a-01", 1.2, 0.02, 0, 0.07, "", "", "2026-07-01"),
    ("HP-10", "瓦窑二级电站", "Wayao 2", "T2a-03", 1.2, 0.03, 0, 0.10, "", "", ""),
    ("HP-11", "荷塘一级电站", "Hetang 1", "T3-02", 2.0, 0.05, 0, 0.14, "", "", ""),
    ("HP-12", "荷塘二级电站", "Hetang 2", "T3-06", 2.2, 0.15, 0, 0.20, "", "", ""),
    ("HP-13", "小桥一级电站", "Xiaoqiao 1", "T4-01", 1.0, 0.0, 0, 0.06, "", "", ""),
    ("HP-14", "小桥二级电站", "Xiaoqiao 2", "T4-03", 1.2, 0.03, 0, 0.09, "", "", ""),
]
COUNTIES = {"qingxi": "青溪县", "anping": "安平县", "linjiang": "临江区"}


def county(river, index):
    """County of a reach: the upper main stem and T1, the middle with T2, the lower with T3 and T4."""
    if river == "M":
        return COUNTIES["qingxi" if index < 9 else "anping" if index < 17 else "linjiang"]
    return COUNTIES[{"T1": "qingxi", "T2": "anping", "T2a": "anping", "T3": "linjiang", "T4": "linjiang"}[river]]


def node(river, index):
    return f"{river}{index:02d}"


def write(name, header, rows, comment=None):
    with open(HERE / name, "w", newline="", encoding="utf-8") as f:
        if comment:
            f.write("".join(f"# {line}\n" for line in comment))
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)


def make_network():
    """Nodes and reaches; returns the reaches in order with their river and index."""
    nodes, reaches = {}, []
    for river, r in RIVERS.items():
        end = r["end"] or nodes[r["joins"]]
        for i in range(r["reaches"] + 1):
            if i == r["reaches"] and r["joins"]:
                continue
            f = i / r["reaches"]
            wiggle = 0.018 * math.sin(2.1 * i + len(river))
            nodes[node(river, i)] = (r["start"][0] + f * (end[0] - r["start"][0]) + wiggle,
                                     r["start"][1] + f * (end[1] - r["start"][1]) + wiggle * 0.6)
    elevation = {}
    rows = []
    for river, r in RIVERS.items():
        for i in range(r["reaches"]):
            last = i == r["reaches"] - 1
            to = r["joins"] if last and r["joins"] else node(river, i + 1)
            a, b = nodes[node(river, i)], nodes[to]
            straight = 1000 * math.hypot((b[0] - a[0]) * 96.5, (b[1] - a[1]) * 111.0)
            f = i / max(1, r["reaches"] - 1)
            slope = r["slope"][0] * (r["slope"][1] / r["slope"][0]) ** f
            rows.append(dict(river=river, index=i, id=f"{river}-{i + 1:02d}", frm=node(river, i), to=to,
                             length=round(1.25 * straight, -1), slope=float(f"{slope:.3g}")))
    # bed elevation from the outlet (255 m) upwards
    elevation[node("M", RIVERS["M"]["reaches"])] = 255.0
    for row in reversed([x for x in rows if x["river"] == "M"]):
        elevation[row["frm"]] = elevation[row["to"]] + row["length"] * row["slope"]
    for river in ("T1", "T2", "T2a", "T3", "T4"):
        for row in reversed([x for x in rows if x["river"] == river]):
            elevation[row["frm"]] = elevation[row["to"]] + row["length"] * row["slope"]
    width_class = lambda river, i: ("lower" if river == "M" and i >= 16 else "middle" if river == "M" and i >= 6
                                    else "upper" if river == "M" or river in ("T2", "T3") else "brook")
    table = []
    for row in rows:
        r = RIVERS[row["river"]]
        zh = f"{r['zh']}第{row['index'] + 1}段"
        table.append([row["id"], zh, f"{r['en']} reach {row['index'] + 1}", row["frm"], row["to"], f"{row['length']:.0f}",
                      row["slope"], 0.032 if row["river"] == "M" else 0.038, width_class(row["river"], row["index"]),
                      round(elevation[row["to"]], 1), 12 if row["river"] == "M" else 6, county(row["river"], row["index"]),
                      row["river"], "", ""])
    for sid, zh, en, beside, capacity, *_ in STATIONS:
        bypassed = next(x for x in rows if x["id"] == beside)
        table.append([sid, f"{zh}引水渠", f"{en} hydropower canal", bypassed["frm"], bypassed["to"],
                      f"{0.7 * bypassed['length']:.0f}", 0.0005, 0.018, "canal" if capacity > 3 else "small_canal",
                      round(elevation[bypassed["to"]], 1), 2, county(bypassed["river"], bypassed["index"]), "HP", "diversion",
                      f"{capacity:g}"])
    write("nodes.csv", ["id", "lon", "lat"], [[k, f"{v[0]:.4f}", f"{v[1]:.4f}"] for k, v in nodes.items()])
    write("reaches.csv", ["id", "name_zh", "name_en", "from", "to", "length [m]", "slope", "manning_n", "channel",
                          "elevation [m]", "dispersion [m2/s]", "county", "stretch", "split_kind", "capacity [m3/s]"], table)
    write("channels.csv", ["id", "shape", "bottom_width [m]", "side_slope"],
          [["brook", "trapezoidal", 6, 1.5], ["upper", "trapezoidal", 14, 2], ["middle", "trapezoidal", 26, 2],
           ["lower", "trapezoidal", 38, 2], ["canal", "rectangular", 4, 0],
           ["small_canal", "rectangular", 2.5, 0]])
    write("hydropower.csv", ["id", "name_zh", "name_en", "canal", "release [m3/s]", "inflow_share", "required [m3/s]", "opens",
                             "closes", "removed"],
          [[sid, zh, f"{en} hydropower station", sid, release, share, required, opens, closes, removed]
           for sid, zh, en, _, _, release, share, required, opens, closes, removed in STATIONS],
          ["Invented small hydropower made by make_demo.py."])
    return rows


def specific_runoff(rng):
    """Daily runoff of one km2 [m3/s], 2021-2023: a wet and a dry season, a recession, and floods from May to October."""
    days, flow, base = [], [], 0.008
    day = datetime.date(RECORD_YEARS[0], 1, 1)
    while day.year <= RECORD_YEARS[-1]:
        season = 0.5 - 0.5 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 20) / 365.25)  # 0 in January, 1 in July
        target = 0.0042 + 0.020 * season ** 2.2 * WETNESS[day.year]
        target *= 1 if season > 0.25 else 0.75 + 0.25 * WETNESS[day.year]
        base += 0.06 * (target - base)
        storm = 0.0
        if rng.random() < 0.02 + 0.10 * season ** 2:
            storm = WETNESS[day.year] * (0.3 + season) * 0.028 * rng.expovariate(1.0)
        previous = flow[-1] - days[-1][1] if flow else 0.0
        quick = 0.55 * previous + storm
        days.append((day, base))
        flow.append(base + quick)
        day += datetime.timedelta(days=1)
    return [d for d, _ in days], flow


def make_flows(rows, rng):
    """One column a river head and one a reach (its banks); the same weather, each with a little of its own."""
    days, unit = specific_runoff(rng)
    columns = {}
    for river, r in RIVERS.items():
        columns[f"head_{river}"] = r["area"]
    for row in rows:
        columns[f"bank_{row['id']}"] = LOCAL_AREA
    factors = {name: rng.uniform(0.88, 1.12) for name in columns}
    table = [[d.isoformat()] + [f"{area * factors[name] * q:.4g}" for name, area in columns.items()]
             for d, q in zip(days, unit)]
    write("flows.csv", ["time"] + [f"{name} [m3/s]" for name in columns], table,
          ["Invented daily flows made by make_demo.py; a value holds for its day (+08:00)."])
    temperature = []
    for d in days:
        season = -math.cos(2 * math.pi * (d.timetuple().tm_yday - 25) / 365.25)
        temperature.append([d.isoformat(), f"{17.5 + 8.0 * season + rng.gauss(0, 0.5):.2f}"])
    write("temperature.csv", ["time", "river [degC]"], temperature, ["Invented daily water temperature."])
    return factors


BACKGROUND = {"DO": 8.2, "CBOD_fast": 1.2, "NH3_N": 0.08, "NO3_N": 0.9, "TP": 0.035, "COD_Mn": 1.9, "Cd": 0.0001}  # invented
# invented: per person and day, before any treatment: the order of magnitude of rural loads that reach the river
VILLAGE_G = {"CBOD_fast": 9.0, "NH3_N": 0.9, "TP": 0.11, "COD_Mn": 6.0}
PIG_G = {"CBOD_fast": 14.0, "NH3_N": 0.75, "TP": 1.05, "COD_Mn": 9.0}  # invented: per pig and day, what is lost to the river

# Invented. id, zh, en, sector, reach, share of the reach's length, flow m3/s, concentrations
POINTS = [
    ("wwtp_qingxi", "青溪县污水处理厂", "Qingxi sewage works", "wwtp", "M-07", 0.4, 0.12,
     dict(DO=5, CBOD_fast=12, NH3_N=4.0, NO3_N=9, TP=0.5, COD_Mn=12)),
    ("wwtp_anping", "安平县污水处理厂", "Anping sewage works", "wwtp", "M-12", 0.5, 0.34,
     dict(DO=4.5, CBOD_fast=16, NH3_N=11.0, NO3_N=8, TP=0.35, COD_Mn=14)),
    ("outfall_anping", "安平县城南直排口", "Anping south outfall", "untreated", "M-13", 0.3, 0.05,
     dict(DO=1, CBOD_fast=110, NH3_N=26, NO3_N=0.5, TP=1.6, COD_Mn=60)),
    ("wwtp_liuba", "柳坝镇污水处理厂", "Liuba sewage works", "wwtp", "T2-06", 0.5, 0.05,
     dict(DO=5, CBOD_fast=14, NH3_N=5, NO3_N=8, TP=0.8, COD_Mn=13)),
    ("park_linjiang", "临江工业园排口", "Linjiang industrial park", "industry", "M-19", 0.5, 0.30,
     dict(DO=4, CBOD_fast=22, NH3_N=1.0, NO3_N=6, TP=0.15, COD_Mn=62)),
    ("wwtp_linjiang", "临江区污水处理厂", "Linjiang sewage works", "wwtp", "M-18", 0.6, 0.40,
     dict(DO=5, CBOD_fast=10, NH3_N=0.8, NO3_N=9, TP=0.25, COD_Mn=14)),
    ("wwtp_hetang", "荷塘镇污水处理厂", "Hetang sewage works", "wwtp", "T3-04", 0.5, 0.03,
     dict(DO=5, CBOD_fast=12, NH3_N=3, NO3_N=8, TP=0.5, COD_Mn=12)),
    ("outfall_baishi", "白石镇直排口", "Baishi town outfall", "untreated", "T1-05", 0.2, 0.006,
     dict(DO=1, CBOD_fast=110, NH3_N=26, NO3_N=0.5, TP=1.6, COD_Mn=60)),
    ("tailings_xiaoqiao", "小桥铅锌尾矿库渗滤水", "Xiaoqiao tailings pond seepage", "mining", "T4-02", 0.4, 0.010,
     dict(DO=6, CBOD_fast=1, NH3_N=0.3, NO3_N=1, TP=0.02, COD_Mn=3, Cd=0.55)),
]
# invented: people, pigs, cropland
VILLAGES = {"M-04": 5200, "M-08": 7600, "M-11": 9800, "M-13": 12400, "M-15": 8800, "M-20": 11000, "M-22": 9500, "T1-05": 4200,
            "T2-04": 6800, "T2-08": 9000, "T2a-03": 3000, "T3-03": 5200, "T3-06": 6100, "T4-02": 2600}
LIVESTOCK = {"T2-03": 9000, "T2-07": 16000, "T2a-02": 5500, "M-14": 3000, "T3-05": 2500, "M-21": 2500}  # pigs
CROPLAND = {"M-05", "M-10", "M-13", "M-16", "M-18", "M-21", "T1-06", "T2-05", "T2-09", "T2a-04", "T3-04", "T3-07", "T4-03"}


def make_sources(rows):
    species = list(BACKGROUND)
    lengths = {row["id"]: row["length"] for row in rows}
    counties = {row["id"]: county(row["river"], row["index"]) for row in rows}
    header = (["id", "name_zh", "name_en", "kind", "node", "reach", "chainage [m]", "end_chainage [m]", "sector", "county",
               "permit", "flow [m3/s]"] + [f"{s} [mg/L]" for s in species] + [f"{s} [kg/d]" for s in species])
    place = lambda reach: f"{RIVERS[reach.split('-')[0]]['zh']}第{int(reach.split('-')[1])}段"
    no_load, no_conc = [""] * len(species), [""] * len(species)
    table = []
    for river, r in RIVERS.items():
        table.append([f"head_{river}", f"{r['zh']}源头", f"{r['en']} head", "boundary", node(river, 0), "", "", "", "nature",
                      county(river, 0), "", f"flows.csv:head_{river}"] + [BACKGROUND[s] for s in species] + no_load)
    for row in rows:
        crop = row["id"] in CROPLAND
        zh = "农田径流" if crop else "沿岸来水"
        more = {"NH3_N": 0.10, "NO3_N": 2.2, "TP": 0.05, "COD_Mn": 0.9, "CBOD_fast": 0.6} if crop else {}
        table.append([f"bank_{row['id']}", f"{place(row['id'])}{zh}", f"{row['id']} {'cropland runoff' if crop else 'bank inflow'}",
                      "diffuse", "", row["id"], 0, row["length"], "cropland" if crop else "nature", counties[row["id"]], "",
                      f"flows.csv:bank_{row['id']}"] + [f"{BACKGROUND[s] + more.get(s, 0):g}" for s in species] + no_load)
    for pid, zh, en, sector, reach, share, flow, conc in POINTS:
        table.append([pid, zh, en, "point", "", reach, f"{share * lengths[reach]:.0f}", "", sector, counties[reach],
                      "P-" + pid if sector != "untreated" else "", flow] + [conc.get(s, BACKGROUND[s]) for s in species] + no_load)
    for sector, zh, en, places, per_unit in (("village", "农村生活", "villages", VILLAGES, VILLAGE_G),
                                             ("livestock", "畜禽养殖", "livestock", LIVESTOCK, PIG_G)):
        for reach, count in places.items():
            loads = [f"{count * per_unit[s] / 1000:.4g}" if s in per_unit else "" for s in species]
            table.append([f"{sector}_{reach}", f"{place(reach)}{zh}", f"{reach} {en}", "diffuse", "", reach, 0, lengths[reach], sector,
                          counties[reach], "", ""] + no_conc + loads)
    write("sources.csv", header, table, ["Invented inventory. A concentration rides in the source's flow; a load in kg/d needs none."])


def make_sections(rows):
    length = {row["id"]: row["length"] for row in rows}
    limit = "2026-12-31"
    table = [  # invented
        ["QX-01", "青溪源", "Qingxi upper", "省考", COUNTIES["qingxi"], "青溪河", "M-05", 0.5, "II", "", limit],
        ["QX-02", "白石沟口", "Baishi mouth", "省考", COUNTIES["qingxi"], "白石沟", "T1-08", 0.8, "III", "", limit],
        ["QX-03", "安平桥", "Anping bridge", "国考", COUNTIES["anping"], "青溪河", "M-15", 0.6, "III", "", limit],
        ["QX-04", "柳坝河口", "Liuba mouth", "省考", COUNTIES["anping"], "柳坝河", "T2-10", 0.7, "III", "", limit],
        ["QX-05", "荷塘河口", "Hetang mouth", "省考", COUNTIES["linjiang"], "荷塘河", "T3-08", 0.7, "III", "", limit],
        ["QX-06", "临江渡", "Linjiang ferry", "国考", COUNTIES["linjiang"], "青溪河", "M-23", 0.5, "III", "", limit],
        ["QX-07", "白石镇", "Baishi town", "市考", COUNTIES["qingxi"], "白石沟", "T1-05", 0.9, "III", "", limit],
        ["QX-08", "石门", "Shimen", "市考", COUNTIES["anping"], "青溪河", "M-10", 0.6, "III", "", limit],
        ["QX-09", "瓦窑溪口", "Wayao mouth", "市考", COUNTIES["anping"], "瓦窑溪", "T2a-05", 0.8, "IV", "", limit],
        ["QX-10", "柳坝镇下", "Below Liuba", "省考", COUNTIES["anping"], "柳坝河", "T2-08", 0.6, "III", "", limit],
        ["QX-11", "小桥溪口", "Xiaoqiao mouth", "省考", COUNTIES["linjiang"], "小桥溪", "T4-04", 0.8, "III", "", limit],
        ["QX-12", "青溪县下", "Below Qingxi", "省考", COUNTIES["qingxi"], "青溪河", "M-09", 0.5, "III", "", limit],
    ]
    for row in table:
        row[7] = f"{row[7] * length[row[6]]:.0f}"
    write("sections.csv", ["id", "name_zh", "name_en", "level", "county", "river", "reach", "chainage [m]", "target",
                           "indicators", "limit_date"], table)


def main():
    rng = random.Random(SEED)
    rows = make_network()
    make_flows(rows, rng)
    make_sources(rows)
    make_sections(rows)


if __name__ == "__main__":
    main()
