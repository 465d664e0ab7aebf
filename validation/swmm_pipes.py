"""Makes the tables of the cases swmm_extran1, swmm_extran4, swmm_routing_test1 and swmm_routing_test5 from what
EPA SWMM was given and what it answered:

    python3 validation/swmm_pipes.py FOLDER validation/cases/CASE

FOLDER holds NAME.inp (CFS, ft), NAME.rpt and NAME_links.csv (period, ..., link, flow): the run's input, its
report and its results file as text. NAME.inp is copied beside the tables. Every conduit becomes a reach, every node a
node; a foot is 0.3048 m. A reach's lower end lies at its node (plus the conduit's outlet offset), its upper end
at its own (plus the inlet offset). A weir becomes two short open reaches with an orifice between (structure.hpp): with
C = Cw / g^(1/2) that is the weir below the top of its opening and SWMM's orifice above it. What has no
counterpart (rims, at which water is lost; storage of manholes) is left out.

Tables: reaches.csv, boundary.csv, structures.csv (where there is a weir), links.csv (peaks of the report, m3/s and s),
nodes.csv (highest levels of the report), hydrographs.csv (flows at the report's times; of ten conduits in a row the
first, the middle and the last).
"""

import math
import pathlib
import re
import sys

FOOT = 0.3048  # m, exact
GRAVITY = 32.2  # ft/s2, SWMM's
GALLON = 231 * 0.0254**3  # m3, exact
CELL = 100.0  # m, longest cell; at least 4 in a conduit, an even number, so that one face is the middle
BRANCH = 10.0  # m, length of the reaches on both sides of a weir
BRANCH_FALL = 0.1  # m, of the one below it


def number(value):
    return f"{value:.10g}"


def sections(path):
    found, name = {}, None
    for line in path.read_text().splitlines():
        line = line.split(";")[0].strip()
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif line and name:
            found[name].append(line.split())
    return found


def clock(text):
    """Seconds of h:mm[:ss], or of a number of hours."""
    if ":" not in text:
        return 3600 * float(text)
    parts = [float(p) for p in text.split(":")] + [0, 0]
    return 3600 * parts[0] + 60 * parts[1] + parts[2]


def summary(report, title):
    """Rows of one table of the report: words of the lines between its second rule and the next empty line."""
    lines = report[report.index(title) :].splitlines()
    rules = [i for i, line in enumerate(lines) if re.fullmatch(r"\s*-{20,}\s*", line)]
    rows = []
    for line in lines[rules[1] + 1 :]:
        if not line.strip() or set(line.strip()) == {"-"}:
            return rows
        rows.append(line.split())
    return rows


def when(days, hhmm):
    hours, minutes = hhmm.split(":")
    return 86400 * int(days) + 3600 * int(hours) + 60 * int(minutes)


class Case:
    def __init__(self, folder):
        self.name = folder.name
        self.inp = sections(folder / f"{self.name}.inp")
        self.report = (folder / f"{self.name}.rpt").read_text()
        self.flows = (folder / f"{self.name}_links.csv").read_text().splitlines()
        self.options = {row[0]: row[1] for row in self.inp["OPTIONS"]}
        self.bed = {r[0]: float(r[1]) for kind in ("JUNCTIONS", "OUTFALLS") for r in self.inp[kind]}
        self.nodes = list(self.bed)
        self.links = {}  # reach that stands for it, by name
        self.reaches = []
        self.structures = []
        self.add_conduits()
        self.add_weirs()

    def add_conduits(self):
        shapes = {row[0]: row for row in self.inp["XSECTIONS"]}
        for name, upper, lower, length, rough, inlet, outlet, *_ in self.inp["CONDUITS"]:
            _, shape, height, bottom, left, right, *_ = shapes[name]
            assert shape == "CIRCULAR" or (shape == "TRAPEZOIDAL" and left == right), shape
            pipe = shape == "CIRCULAR"
            metres = float(length) * FOOT
            self.links[name] = len(self.reaches)
            self.reaches.append(
                [self.nodes.index(upper), self.nodes.index(lower), metres]
                + [FOOT * (self.bed[upper] + float(inlet)), FOOT * (self.bed[lower] + float(outlet)), float(rough)]
                + [FOOT * float(height) if pipe else 0, FOOT * float(bottom), 0 if pipe else float(left)]
                + [max(4, 2 * math.ceil(metres / CELL / 2))]
            )

    def add_weirs(self):
        shapes = {row[0]: row for row in self.inp["XSECTIONS"]}
        for name, upper, lower, kind, crest, coefficient, *_ in self.inp.get("WEIRS", []):
            assert kind == "TRANSVERSE", kind
            height, width = FOOT * float(shapes[name][2]), FOOT * float(shapes[name][3])
            middle = len(self.nodes)
            self.nodes.append(name)
            high, low = FOOT * self.bed[upper], FOOT * self.bed[lower]
            self.links[name] = len(self.reaches)
            self.reaches.append([self.nodes.index(upper), middle, BRANCH, high, high, 0.015, 0, width, 0, 4])
            self.reaches.append([middle, self.nodes.index(lower), BRANCH, low + BRANCH_FALL, low, 0.015, 0, width, 0, 4])
            level = FOOT * (self.bed[upper] + float(crest))
            self.structures.append([middle, level, width, height, float(coefficient) / math.sqrt(GRAVITY)])

    def boundary(self):
        series = {}
        for row in self.inp["TIMESERIES"]:
            series.setdefault(row[0], []).append((clock(row[-2]), FOOT**3 * float(row[-1])))
        return [(self.nodes.index(row[0]), *point) for row in self.inp["INFLOWS"] for point in series[row[2]]]

    def peaks(self):
        rows = {row[0]: row for row in summary(self.report, "Link Flow Summary")}
        return [(r, FOOT**3 * float(rows[name][2]), when(rows[name][3], rows[name][4])) for name, r in self.links.items()]

    def levels(self):
        rows = {row[0]: row for row in summary(self.report, "Node Depth Summary")}
        return [(n, FOOT * self.bed[name], FOOT * float(rows[name][4])) for n, name in enumerate(self.nodes) if name in rows]

    def hydrographs(self):
        every = clock(self.options["REPORT_STEP"])
        names = list(self.links)
        chosen = [names[0], names[4], names[9]] if len(self.reaches) == 10 else names
        rows = []
        for line in self.flows[1:]:
            period, _, link, flow, *_ = line.split(",")
            if link in chosen:
                rows.append((self.links[link], every * int(period), FOOT**3 * float(flow)))
        return sorted(rows)

    def parameters(self):
        step = self.options["ROUTING_STEP"]
        outfall = summary(self.report, "Outfall Loading Summary")[0]
        flooding = re.search(r"Flooding Loss \.+ +[\d.]+ +([\d.]+)", self.report)
        return {
            "step_s": clock(step) if ":" in step else float(step),
            "end_s": clock(self.options["END_TIME"]),
            "outfall_m3": 1e6 * GALLON * float(outfall[-1]),
            "flooding_m3": 1e6 * GALLON * float(flooding[1]),
        }


def write(path, comment, columns, rows, parameters=None):
    lines = [f"# {comment}"] + [f"# param: {k} = {number(v)}" for k, v in (parameters or {}).items()]
    lines += [columns] + [",".join(number(v) for v in row) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    case = Case(source)
    (target / f"{case.name}.inp").write_bytes((source / f"{case.name}.inp").read_bytes())
    names = " ".join(f"{i}={n}" for i, n in enumerate(case.nodes))
    links = " ".join(f"{r}={n}" for n, r in case.links.items())
    write(
        target / "reaches.csv",
        f"made by validation/swmm_pipes.py from {case.name}.inp (nodes: {names}; reaches: {links})",
        "from,to,length_m,bed_up_m,bed_down_m,manning_n,diameter_m,bottom_width_m,side_slope,cells",
        case.reaches,
        case.parameters(),
    )
    write(target / "boundary.csv", "inflows, linear in between", "node,time_s,flow_m3_s", case.boundary())
    if case.structures:
        columns = "node,crest_m,width_m,height_m,coefficient"
        write(target / "structures.csv", "weirs as orifices without a lid's loss", columns, case.structures)
    write(target / "links.csv", "largest flow in a conduit, and when", "reach,peak_m3_s,peak_s", case.peaks())
    write(target / "nodes.csv", "highest level at a node", "node,bed_m,peak_m", case.levels())
    write(target / "hydrographs.csv", "flow in a conduit", "reach,time_s,flow_m3_s", case.hydrographs())


if __name__ == "__main__":
    main()
