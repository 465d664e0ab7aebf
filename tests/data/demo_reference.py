#!/usr/bin/env python3
"""A second calculation of the demo basin, written from its tables and the documentation alone.

    demo_reference.py CASE [PLAN.toml]

Every day of the run is taken as a steady river: flows are summed down the network, every station takes its share, Manning's
formula gives depth and velocity, and what the water carries mixes at every inflow and reacts by the documented rates for the
time that the water needs to the next one. There is no storage, no travel time between days, no dispersion and no grid. Then
come monthly means, GB 3838-2002 limits and the month from which every one to the end attains.

Prints CSV: `value,section,month,indicator,value`, `attains,section,month,0|1`, `held,section,month or never`.
"""
import calendar
import csv
import datetime
import math
import sys
import tomllib
from pathlib import Path

import numpy as np

DAY = 86400.0
# Table 1 of GB 3838-2002, rivers, classes II, III, IV [mg/L]
LIMITS = {"DO": {"II": 6, "III": 5, "IV": 3}, "BOD5": {"II": 3, "III": 4, "IV": 6}, "NH3_N": {"II": 0.5, "III": 1, "IV": 1.5},
          "TP": {"II": 0.1, "III": 0.2, "IV": 0.3}, "COD_Mn": {"II": 4, "III": 6, "IV": 10},
          "Cd": {"II": 0.005, "III": 0.005, "IV": 0.005}}
PIECE = 800.0  # m: longest stretch over which depth and velocity are taken as one


def table(path):
    with open(path, encoding="utf-8") as f:
        rows = list(csv.DictReader(line for line in f if not line.startswith("#")))
    return [{key.split(" [")[0] if " [" in key and not key.endswith("[kg/d]") else key: value for key, value in row.items()}
            for row in rows]


def load_columns(path):
    """Columns of constituents in mg/L and in kg/d, apart: the reader above would let the one hide the other."""
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def number(text, otherwise=0.0):
    return float(text) if str(text).strip() else otherwise


class River:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.case = tomllib.loads((self.folder / "case.toml").read_text(encoding="utf-8"))
        begin, end = self.case["time"]["begin"], self.case["time"]["end"]
        self.days = [begin + datetime.timedelta(days=i) for i in range((end - begin).days)]
        self.species = self.case["constituents"]["use"]
        self.reaches = {r["id"]: r for r in table(self.folder / "reaches.csv")}
        self.channels = {c["id"]: c for c in table(self.folder / "channels.csv")}
        self.stations = {s["canal"]: s for s in table(self.folder / "hydropower.csv")}
        self.sections = table(self.folder / "sections.csv")
        self.sources = load_columns(self.folder / "sources.csv")
        self.records = {name: self.record(name) for name in ("flows", "temperature")}
        self.temperature = self.records["temperature"]["river"]

    def record(self, name):
        """Daily columns, with the record's years in place of the model's."""
        rows = {row["time"]: row for row in table(self.folder / f"{name}.csv")}
        years = self.case["time"]["forcing_years"]
        chosen = [rows[day.replace(year=years[str(day.year)]).isoformat()] for day in self.days]
        return {key: np.array([float(row[key]) for row in chosen]) for key in chosen[0] if key != "time"}

    def flow_of(self, source):
        text = source["flow [m3/s]"]
        if ":" in text:
            return self.records["flows"][text.split(":")[1]]
        return np.full(len(self.days), number(text))


def months_later(day, period):
    """P3M, P60D after a day."""
    amount = int(period[1:-1])
    if period[-1] == "D":
        return day + datetime.timedelta(days=amount)
    month = day.month - 1 + amount * (12 if period[-1] == "Y" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def strength(measure, days):
    """Of a measure at the middle of every day."""
    begin = months_later(measure["start"], measure.get("lag", "P0D"))
    ramp = (months_later(begin, measure.get("ramp", "P0D")) - begin).days
    since = np.array([(day - begin).days + 0.5 for day in days])
    if "half_life" in measure:
        life = (months_later(begin, measure["half_life"]) - begin).days
        return np.where(since > 0, 1 - 0.5 ** (np.maximum(since, 0) / life), 0.0)
    if ramp == 0:
        return np.where(since > 0, 1.0, 0.0)
    return np.clip(since / ramp, 0.0, 1.0)


class Plan:
    def __init__(self, path, river):
        self.measures = tomllib.loads(Path(path).read_text(encoding="utf-8"))["measure"] if path else []
        self.strengths = [strength(m, river.days) for m in self.measures]
        self.river = river

    def at(self, thing, **names):
        """Measures all of whose conditions are among the names of a thing, with their strength."""
        for measure, s in zip(self.measures, self.strengths):
            places = measure["at"] if isinstance(measure["at"], list) else [measure["at"]]
            if all(names.get(kind) == name for kind, name in (p.split(":") for p in places)):
                yield measure, s

    def loads(self, source):
        """Flow [m3/s] and load [g/s] of every constituent under the plan."""
        flow, loads = self.river.flow_of(source), {}
        reach = self.river.reaches.get(source["reach"], {})
        mine = list(self.at(source, source=source["id"], sector=source["sector"], county=source["county"],
                            reach=source["reach"], stretch=reach.get("stretch")))
        for c in self.river.species:
            load = flow * number(source[f"{c} [mg/L]"])
            if source.get(f"{c} [kg/d]", "").strip():
                load = load + number(source[f"{c} [kg/d]"]) / 86.4
            removable = c != "DO"
            for m, s in mine:
                if m["type"] in ("remove_fraction", "tailings_closed"):
                    part = m.get(c, m.get("all", 0.0) if removable else 0.0)
                    load = load * (1 - s * part)
            for m, s in mine:
                if m["type"] == "cap_concentration" and c in m:
                    load = (1 - s) * load + s * np.minimum(load, flow * float(m[c].split()[0]))
            loads[c] = load
        return flow, loads

    def diverted(self, canal, arriving):
        station, reach, days = self.river.stations[canal], self.river.reaches[canal], self.river.days
        release = np.full(len(days), number(station["release"]))
        share = np.full(len(days), number(station["inflow_share"]))
        capacity = np.full(len(days), number(reach["capacity"]))
        if station["opens"]:
            hours = [int(station[key].split(":")[0]) for key in ("opens", "closes")]
            capacity = capacity * ((hours[1] - hours[0]) % 24 / 24)
        if station["removed"]:
            capacity = np.where([day >= datetime.date.fromisoformat(station["removed"]) for day in days], 0.0, capacity)
        own = release, share
        for m, s in self.at(station, station=station["id"], county=reach["county"], stretch=reach["stretch"], reach=canal):
            if m["type"] == "station_removed":
                capacity = capacity * (1 - s)
            if "release" in m:
                wanted = np.array([m["release"][day.month - 1] for day in days])
                release = np.maximum(release, own[0] + s * np.maximum(0, wanted - own[0]))
            if "inflow_share" in m:
                share = np.maximum(share, own[1] + s * np.maximum(0, m["inflow_share"] - own[1]))
        return np.clip(arriving - np.maximum(release, share * arriving), 0, capacity)


class Water:
    """A flow and the loads in it; both arrays by day."""

    def __init__(self, species, days):
        self.flow, self.load = np.zeros(days), {c: np.zeros(days) for c in species}

    def add(self, flow, loads, share=1.0):
        self.flow = self.flow + share * flow
        for c, load in loads.items():
            self.load[c] = self.load[c] + share * load

    def part(self, flow):
        """What flows off with `flow` of it."""
        share = np.where(self.flow > 0, flow / np.maximum(self.flow, 1e-12), 0.0)
        return {c: load * share for c, load in self.load.items()}

    def concentration(self, c):
        return self.load[c] / np.maximum(self.flow, 1e-12)


def uniform_flow(river, reach, flow):
    """Depth A/B and velocity of a trapezoid by Manning's formula, by bisection."""
    channel = river.channels[reach["channel"]]
    b, z = number(channel["bottom_width"]), number(channel["side_slope"])
    root = math.sqrt(number(reach["slope"])) / number(reach["manning_n"])
    low, high = np.zeros_like(flow), np.full_like(flow, 60.0)
    for _ in range(45):
        h = 0.5 * (low + high)
        area, wet = h * (b + z * h), b + 2 * h * math.sqrt(1 + z * z)
        more = root * area * (area / wet) ** (2 / 3) < flow
        low, high = np.where(more, h, low), np.where(more, high, h)
    area = h * (b + z * h)
    return area / (b + 2 * z * h), flow / np.maximum(area, 1e-12)


def saturation(temperature, elevation):
    x = 1 / (temperature + 273.15)
    return np.exp(-139.34411 + 1.575701e5 * x - 6.642308e7 * x**2 + 1.243800e10 * x**3 - 8.621949e11 * x**4) * (
        1 - 1.148e-4 * elevation)


def reaeration(depth, velocity):
    """1/d at 20 degC, the automatic choice of the documentation."""
    owens = 5.32 * velocity**0.67 / depth**1.85
    connor = 3.93 * velocity**0.5 / depth**1.5
    churchill = 5.026 * velocity**0.969 / depth**1.673
    return np.where(depth < 0.61, owens, np.where(depth > 3.45 * velocity**2.5, connor, churchill))


def quantity(text):
    return float(str(text).split()[0])


def react(river, reach, water, length):
    """What the water carries after `length` metres of the reach."""
    flow = np.maximum(water.flow, 1e-9)
    depth, velocity = uniform_flow(river, reach, flow)
    depth, velocity = np.maximum(depth, 1e-4), np.maximum(velocity, 1e-4)
    t = length / velocity / DAY
    warm = river.temperature - 20
    p = river.case["processes"]
    kd = quantity(p["cbod_oxidation"]["k_d"]) * 1.047**warm
    kn = quantity(p["nitrification"]["k_n"]) * 1.083**warm
    sod = quantity(p["sediment_oxygen_demand"]["sod"]) * 1.06**warm
    oxygen, cbod, ammonia = (np.maximum(water.concentration(c), 0) for c in ("DO", "CBOD_fast", "NH3_N"))
    kd, kn = kd * oxygen / (0.5 + oxygen), kn * (1 - np.exp(-0.6 * oxygen))
    use = kd * cbod + 4.57 * kn * ammonia + sod / depth * oxygen / (0.1 + oxygen)
    ka = reaeration(depth, velocity) * 1.024**warm
    end = saturation(river.temperature, number(reach["elevation"])) - use / ka
    water.load["DO"] = np.maximum(end + (oxygen - end) * np.exp(-ka * t), 0) * water.flow
    rates = {"CBOD_fast": kd, "NH3_N": kn, "COD_Mn": quantity(p["decay_COD_Mn"]["k"]) * 1.047**warm,
             "TP": quantity(p["settling_TP"]["v_s"]) * 1.024**warm / depth}
    for c, k in rates.items():
        water.load[c] = water.load[c] * np.exp(-k * t)


def flow_through(river, plan, reach, water, seen):
    """Down one reach: banks along it, points and sections at their chainage."""
    length = number(reach["length"])
    here = [s for s in river.sources if s["reach"] == reach["id"]]
    banks = [plan.loads(s) for s in here if s["kind"] == "diffuse"]
    points = [(number(s["chainage [m]"]), plan.loads(s)) for s in here if s["kind"] == "point"]
    marks = [(number(s["chainage"]), s) for s in river.sections if s["reach"] == reach["id"]]
    pieces = max(2, math.ceil(length / PIECE))
    stops = sorted({length * i / pieces for i in range(pieces + 1)} | {x for x, _ in points} | {x for x, _ in marks})
    for a, b in zip(stops, stops[1:]):
        for x, (flow, loads) in points:
            if x == a:
                water.add(flow, loads)
        for flow, loads in banks:
            water.add(flow, loads, 0.5 * (b - a) / length)
        react(river, reach, water, b - a)
        for flow, loads in banks:
            water.add(flow, loads, 0.5 * (b - a) / length)
        for x, section in marks:
            if x == b:
                seen[section["id"]] = {c: water.concentration(c) for c in river.species}
    return water


def calculate(river, plan):
    """Daily concentrations at every section."""
    days, seen = len(river.days), {}
    nodes = {}
    node = lambda name: nodes.setdefault(name, Water(river.species, days))
    for source in river.sources:
        if source["kind"] == "boundary":
            node(source["node"]).add(*plan.loads(source))
    waiting = dict(river.reaches)
    while waiting:
        ends = {r["to"] for r in waiting.values()}
        ready = [r for r in waiting.values() if r["from"] not in ends]
        start = ready[0]["from"]
        leaving = [r for r in ready if r["from"] == start]
        canals = [r for r in leaving if r["split_kind"] == "diversion"]
        rivers = [r for r in leaving if r not in canals]
        whole, left = node(start), node(start).flow
        parts = []
        for canal in canals:
            flow = plan.diverted(canal["id"], left)
            left = left - flow
            parts.append((canal, flow))
        parts += [(r, left) for r in rivers]
        for reach, flow in parts:
            water = Water(river.species, days)
            water.add(flow, whole.part(flow))
            flow_through(river, plan, reach, water, seen)
            node(reach["to"]).add(water.flow, water.load)
            del waiting[reach["id"]]
    return seen


def monthly(river, values):
    months = {}
    for day, value in zip(river.days, values):
        months.setdefault(f"{day.year}-{day.month:02d}", []).append(value)
    return {month: sum(v) / len(v) for month, v in months.items()}


def judge(section, means):
    """Whether every month attains, and the first from which all do."""
    attains = {}
    for month in next(iter(means.values())):
        good = True
        for indicator, limits in LIMITS.items():
            value, limit = means[indicator][month], limits[section["target"]]
            good = good and (value >= limit if indicator == "DO" else value <= limit)
        attains[month] = good
    held = "never"
    for month in reversed(list(attains)):
        if not attains[month]:
            break
        held = month
    return attains, held


def main():
    river = River(sys.argv[1])
    plan = Plan(sys.argv[2] if len(sys.argv) > 2 else None, river)
    seen = calculate(river, plan)
    for section in river.sections:
        values = seen[section["id"]]
        means = {c: monthly(river, values[c]) for c in ("DO", "NH3_N", "TP", "COD_Mn", "Cd")}
        means["BOD5"] = monthly(river, values["CBOD_fast"] * (1 - math.exp(-5 * 0.23)))
        attains, held = judge(section, means)
        for indicator, by_month in means.items():
            for month, value in by_month.items():
                print(f"value,{section['id']},{month},{indicator},{value:.6g}")
        for month, good in attains.items():
            print(f"attains,{section['id']},{month},{int(good)}")
        print(f"held,{section['id']},{held}")


if __name__ == "__main__":
    main()
