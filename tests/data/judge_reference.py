#!/usr/bin/env python3
"""A second judge of surface water, written from the texts of the rules alone, and the rows that it judged.

    python3 judge_reference.py FOLDER

writes FOLDER/judged_sections.csv (2,000 sets of values) and FOLDER/judged_groups.csv (rivers, trends, lakes, changes of
periods). tests/scenarios/reference_test.cpp asks the C++ rule engine for the same verdicts, and runs this script again.

Texts: GB 3838-2002 Table 1; 环办[2011]22号 (single-factor class, quality, main pollutants, rivers, two periods, Spearman);
湖泊(水库)富营养化评价方法及分级技术规定 (trophic index); GB/T 8170 (rounding half to even); 环办监测函[2020]82号 item 7 (half
the limit of detection). Numbers are decimals and fractions here, doubles there. Nothing was taken from the C++ code; what
the texts leave open is read as docs/assessment.md says: cyanide, Pb, Cr(VI), Cd, Hg and As are the items named first; items
without a multiple come last in their class; what still ties keeps the order of Table 1.
"""
import math
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

CLASSES = ["I", "II", "III", "IV", "V", ">V"]
SEED = 38382002

# Table 1: item, what is good (<, >, range), limits of I..V, limits in lakes where they differ (None: as in rivers).
TABLE = [
    ("temperature", "<", None, None),
    ("pH", "range", "6 9", None),
    ("DO", ">", "7.5 6 5 3 2", None),
    ("COD_Mn", "<", "2 4 6 10 15", None),
    ("COD_Cr", "<", "15 15 20 30 40", None),
    ("BOD5", "<", "3 3 4 6 10", None),
    ("NH3_N", "<", "0.15 0.5 1.0 1.5 2.0", None),
    ("TP", "<", "0.02 0.1 0.2 0.3 0.4", "0.01 0.025 0.05 0.1 0.2"),
    ("TN", "<", None, "0.2 0.5 1.0 1.5 2.0"),
    ("Cu", "<", "0.01 1.0 1.0 1.0 1.0", None),
    ("Zn", "<", "0.05 1.0 1.0 2.0 2.0", None),
    ("F", "<", "1.0 1.0 1.0 1.5 1.5", None),
    ("Se", "<", "0.01 0.01 0.01 0.02 0.02", None),
    ("As", "<", "0.05 0.05 0.05 0.1 0.1", None),
    ("Hg", "<", "0.00005 0.00005 0.0001 0.001 0.001", None),
    ("Cd", "<", "0.001 0.005 0.005 0.005 0.01", None),
    ("Cr6", "<", "0.01 0.05 0.05 0.05 0.1", None),
    ("Pb", "<", "0.01 0.01 0.05 0.05 0.1", None),
    ("CN", "<", "0.005 0.05 0.2 0.2 0.2", None),
    ("phenol", "<", "0.002 0.002 0.005 0.01 0.1", None),
    ("petroleum", "<", "0.05 0.05 0.05 0.5 1.0", None),
    ("LAS", "<", "0.2 0.2 0.2 0.3 0.3", None),
    ("sulfide", "<", "0.05 0.1 0.2 0.5 1.0", None),
    ("fecal_coliform", "<", "200 2000 10000 20000 40000", None),
]
ORDER = [row[0] for row in TABLE]
NOT_IN_CLASS = {"temperature", "TN", "fecal_coliform"}
NO_MULTIPLE = {"temperature", "pH", "DO"}
NAMED_FIRST = {"CN", "Pb", "Cr6", "Cd", "Hg", "As"}
QUALITY = {"I": "优", "II": "优", "III": "良好", "IV": "轻度污染", "V": "中度污染", ">V": "重度污染"}
COLOUR = {"优": "蓝色", "良好": "绿色", "轻度污染": "黄色", "中度污染": "橙色", "重度污染": "红色"}
LEVELS = ["优", "良好", "轻度污染", "中度污染", "重度污染"]


def limits(item, lake):
    """Texts of the limits of classes I..V, or None where the table has none."""
    for name, side, river, in_lakes in TABLE:
        if name != item:
            continue
        text = in_lakes if lake and in_lakes else river
        if side == "range":
            return [text.split()] * 5
        return text.split() if text else None
    raise KeyError(item)


def side(item):
    return next(row[1] for row in TABLE if row[0] == item)


def read(text):
    """A laboratory's cell: a number, half the limit of detection, or None for no value."""
    if text.startswith("<"):
        return Decimal(text[1:]) / 2
    if text.endswith("L"):
        return Decimal(text[:-1]) / 2
    if text in ("", "--", "缺测", "未检出"):
        return None
    return Decimal(text)


def as_compared(value, limit, rounding):
    if rounding == "none":
        return value
    return value.quantize(Decimal(1).scaleb(-len(limit.partition(".")[2])), rounding=ROUND_HALF_EVEN)


def meets(item, value, which, lake, rounding):
    limit = limits(item, lake)[which]
    if side(item) == "range":
        return Decimal(limit[0]) <= as_compared(value, limit[0], rounding) and \
            as_compared(value, limit[1], rounding) <= Decimal(limit[1])
    compared = as_compared(value, limit, rounding)
    return compared >= Decimal(limit) if side(item) == ">" else compared <= Decimal(limit)


def class_of(item, value, lake, rounding):
    """Index of the best class whose limit is met, 5 beyond class V; None without value or limits."""
    if value is None or limits(item, lake) is None:
        return None
    return next((c for c in range(5) if meets(item, value, c, lake, rounding)), 5)


def multiple(item, value, which, lake):
    if item in NO_MULTIPLE:
        return None
    limit = Fraction(limits(item, lake)[which])
    return (Fraction(value) - limit) / limit


def main_pollutants(classes, values, lake):
    exceeding = [i for i in ORDER if i in classes and i not in NOT_IN_CLASS and classes[i] is not None and classes[i] > 2]

    def rank(item):
        m = multiple(item, values[item], 2, lake)
        return (item not in NAMED_FIRST, -classes[item], m is None, -(m or 0), ORDER.index(item))

    exceeding.sort(key=rank)
    return [(i, multiple(i, values[i], 2, lake)) for i in exceeding[:3]]


def judge(values, lake, rounding, target=None, asked=()):
    """values: item -> Decimal or None. The verdict of one section for one period."""
    classes = {i: class_of(i, v, lake, rounding) for i, v in values.items()}
    counted = [c for i, c in classes.items() if i not in NOT_IN_CLASS and c is not None]
    worst = max(counted, default=None)
    wanted = list(asked) or [i for i in values if i not in NOT_IN_CLASS]
    unknown = not wanted or any(classes.get(i) is None for i in wanted)
    attained = "missing"
    if target is not None:
        fails = any(classes.get(i) is not None and not meets(i, values[i], target, lake, rounding) for i in wanted)
        attained = "false" if fails else "missing" if unknown else "true"
    over = {}
    if target is not None:
        for i, c in classes.items():
            if c is not None and not meets(i, values[i], target, lake, rounding):
                over[i] = multiple(i, values[i], target, lake)
    return {"classes": classes, "class": worst, "missing": unknown, "attained": attained, "over": over,
            "main": main_pollutants(classes, values, lake)}


def judge_river(sections, rounding):
    """(class or None, quality or None, counts of classes, items named with their number of sections)."""
    verdicts = [judge(v, False, rounding) for v in sections]
    known = [v["class"] for v in verdicts if v["class"] is not None]
    counts = [known.count(c) for c in range(6)]
    n = len(known)
    if n == 0:
        return None, None, counts, []
    good, bad = Fraction(sum(counts[:3]), n), Fraction(counts[5], n)
    river_class = None
    if n >= 5:
        quality = ("优" if good >= Fraction(9, 10) else "良好" if good >= Fraction(3, 4) else
                   "轻度污染" if bad < Fraction(1, 5) else "中度污染" if bad < Fraction(2, 5) else "重度污染")
        named = [i for v in verdicts for i, c in v["classes"].items() if c is not None and c > 2 and i not in NOT_IN_CLASS]
    else:
        means = {}
        for item in ORDER:
            given = [Fraction(s[item]) for s in sections if s.get(item) is not None]
            if given:
                means[item] = sum(given) / len(given)
        river_class = max(class_of_fraction(i, m) for i, m in means.items()
                          if i not in NOT_IN_CLASS and limits(i, False) is not None)
        quality = QUALITY[CLASSES[river_class]]
        named = [i for v in verdicts for i, _ in v["main"]]
    rates = sorted(((-named.count(i), ORDER.index(i), i) for i in set(named)))
    return river_class, quality, counts, [(i, -m) for m, _, i in rates[:3]]


def class_of_fraction(item, value):
    limit = limits(item, False)
    if side(item) == "range":
        return 0 if Fraction(limit[0][0]) <= value <= Fraction(limit[0][1]) else 5
    good = (lambda l: value >= l) if side(item) == ">" else (lambda l: value <= l)
    return next((c for c in range(5) if good(Fraction(limit[c]))), 5)


W_P = {5: (900, 1000), 6: (829, 943), 7: (714, 893), 8: (643, 833), 9: (600, 783), 10: (564, 746), 12: (506, 712),
       14: (456, 645), 16: (425, 601), 18: (399, 564), 20: (377, 534), 22: (359, 508), 24: (343, 485), 26: (329, 465),
       28: (317, 448), 30: (306, 432)}


def trend(values):
    """rs and the significance by the published one-sided table, rs taken at the table's three decimals."""
    n = len(values)
    ranks = [Fraction(2 * sum(w < v for w in values) + values.count(v) + 1, 2) for v in values]
    rs = 1 - 6 * sum((x - i - 1) ** 2 for i, x in enumerate(ranks)) / Fraction(n ** 3 - n)
    critical = W_P[max(k for k in W_P if k <= n)]
    at_table = math.floor(abs(rs) * 1000 + Fraction(1, 2))
    return rs, "0.01" if at_table >= critical[1] else "0.05" if at_table >= critical[0] else "no"


TROPHIC = {"chla": (1, lambda v: 10 * (2.5 + 1.086 * math.log(v))), "TP": (0.84, lambda v: 10 * (9.436 + 1.624 * math.log(v))),
           "TN": (0.82, lambda v: 10 * (5.453 + 1.694 * math.log(v))),
           "transparency": (0.83, lambda v: 10 * (5.118 - 1.94 * math.log(v))),
           "COD_Mn": (0.83, lambda v: 10 * (0.109 + 2.661 * math.log(v)))}


def trophic(values):
    weights = {i: TROPHIC[i][0] ** 2 for i in values}
    index = sum(weights[i] * TROPHIC[i][1](float(v)) for i, v in values.items()) / sum(weights.values())
    state = ("贫营养" if index < 30 else "中营养" if index <= 50 else "轻度富营养" if index <= 60 else
             "中度富营养" if index <= 70 else "重度富营养")
    return index, state


def change(before, after):
    """Two rivers' periods as (quality, n, I..III, worse than V): the larger of the two methods' answers."""
    steps = LEVELS.index(before[0]) - LEVELS.index(after[0])
    by_level = max(-2, min(2, steps))
    points = (Fraction(after[2], after[1]) - Fraction(before[2], before[1]) -
              Fraction(after[3], after[1]) + Fraction(before[3], before[1])) * 100
    by_share = 0 if abs(points) <= 10 else (1 if abs(points) <= 20 else 2) * (1 if points > 0 else -1)
    chosen = by_share if abs(by_share) > abs(by_level) else by_level
    return {0: "无明显变化", 1: "有所好转", 2: "明显好转", -1: "有所变差", -2: "明显变差"}[chosen]


class Dice:
    """splitmix64: the same numbers under every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2 ** 64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2 ** 64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2 ** 64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return self.bits() % n

    def one_of(self, choices):
        return choices[self.below(len(choices))]


def plain(number):
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def around(limit):
    """Texts at a limit, just on either side of it, and half of it written as below detection."""
    value, step = Decimal(limit), Decimal(1).scaleb(Decimal(limit).adjusted() - 5)
    return [limit, plain(value - step), plain(value + step), "<" + plain(2 * value), plain(2 * value) + "L",
            "<" + plain(2 * (value + step))]


def bounds(item, lake):
    texts = limits(item, lake)
    return [] if texts is None else sorted({t for one in texts for t in (one if isinstance(one, list) else [one])}, key=Decimal)


def systematic_rows():
    """Every limit of every item, river and lake, from both sides and as half a limit of detection."""
    for lake in (False, True):
        for item in ORDER:
            for limit in bounds(item, lake):
                for text in around(limit):
                    yield {"lake": lake, "values": {item: text}}
            for text in ("", "--", "未检出", "缺测"):
                yield {"lake": lake, "values": {item: text}}
    for ph in ("0", "5.5", "5.999", "6", "7", "8.99", "9", "9.001", "9.5", "14"):
        yield {"lake": False, "values": {"pH": ph, "DO": "8"}}


def value_text(dice, item, lake):
    kind = dice.below(20)
    texts = bounds(item, lake) or ["10"]
    if kind == 0:
        return dice.one_of(["", "--", "未检出", "缺测"])
    if kind < 8:
        return dice.one_of(around(dice.one_of(texts)))
    if kind < 13 and side(item) == "<":  # equal multiples over class III, so that they tie
        third = Decimal((limits(item, lake) or texts * 5)[2])
        return plain(third * (1 + dice.one_of([Decimal("0.2"), Decimal("0.5"), Decimal("1"), Decimal("3")])))
    top = Decimal(texts[-1]) * (1 if side(item) == "range" else 2)
    return plain((top * dice.below(1000) / 1000).quantize(Decimal(1).scaleb(top.adjusted() - 2)))


def random_row(dice):
    lake = dice.below(4) == 0
    items = [i for i in ORDER if dice.below(3) == 0] or ["NH3_N"]
    row = {"lake": lake, "values": {i: value_text(dice, i, lake) for i in items}}
    if dice.below(4):
        row["target"] = dice.below(5)
    if dice.below(4) == 0:
        row["asked"] = [i for i in ORDER if dice.below(8) == 0]
    if dice.below(6) == 0:
        row["rounding"] = "standard"
    return row


def joined(parts):
    return "|".join(parts)


def number(value):
    return "none" if value is None else "%.12g" % float(value)


def section_line(index, row):
    rounding, target, asked = row.get("rounding", "none"), row.get("target"), row.get("asked", [])
    v = judge({i: read(t) for i, t in row["values"].items()}, row["lake"], rounding, target, asked)
    words = {None: "none", **dict(enumerate(CLASSES))}
    quality = QUALITY[words[v["class"]]] if v["class"] is not None else "none"
    return ",".join([str(index), "lake" if row["lake"] else "river", rounding, "" if target is None else CLASSES[target],
                     joined(asked), joined(f"{i}={t}" for i, t in row["values"].items()),
                     joined(f"{i}={words[c]}" for i, c in v["classes"].items()), words[v["class"]], quality,
                     COLOUR.get(quality, "none"), "true" if v["missing"] else "false", v["attained"],
                     joined(f"{i}={number(m)}" for i, m in v["over"].items()),
                     joined(f"{i}={number(m)}" for i, m in v["main"])])


def river_line(dice, index):
    common = [i for i in ORDER[1:9] if dice.below(2)] or ["NH3_N"]
    sections = [{i: value_text(dice, i, False) for i in common} for _ in range(1 + dice.below(12))]
    if dice.below(2):  # mostly good, so that the shares come near their borders
        for s in sections[1 + dice.below(4):]:
            s.update({i: {"pH": "7.5", "DO": "8"}.get(i, "0.01") for i in s})
    read_sections = [{i: read(t) for i, t in s.items()} for s in sections]
    river_class, quality, counts, named = judge_river(read_sections, "none")
    return ",".join(["river", str(index), "/".join(joined(f"{i}={t}" for i, t in s.items()) for s in sections),
                     "none" if river_class is None else CLASSES[river_class], quality or "none",
                     joined(map(str, counts)), joined(f"{i}={m}" for i, m in named)])


def trend_line(dice, index):
    n = 5 + dice.below(26)
    drift = dice.one_of([-3, -1, 0, 1, 3])
    values = [plain(Decimal(100 + drift * i + dice.below(1 + dice.one_of([3, 20]))) / 100) for i in range(n)]
    rs, significant = trend([Decimal(v) for v in values])
    return ",".join(["trend", str(index), joined(values), "up" if rs > 0 else "down" if rs < 0 else "none", significant,
                     "%.12f" % float(rs), ""])


def trophic_line(dice, index):
    scales = {"chla": 60, "TP": Decimal("0.3"), "TN": 4, "transparency": 3, "COD_Mn": 12}
    items = ["chla"] + [i for i in scales if i != "chla" and dice.below(4)]
    scale = dice.one_of([Decimal("0.1"), Decimal("0.4"), 1])
    values = {i: plain(Decimal(1 + dice.below(1000)) * scales[i] * scale / 1000) for i in items}
    index_value, state = trophic(values)
    return ",".join(["lake", str(index), joined(f"{i}={v}" for i, v in values.items()), state, "", "%.9f" % index_value, ""])


def change_line(dice, index):
    def period(n):
        good = dice.below(n + 1)
        bad = dice.below(n - good + 1)
        share, worst = Fraction(good, n), Fraction(bad, n)
        quality = LEVELS[0 if share >= Fraction(9, 10) else 1 if share >= Fraction(3, 4) else
                         2 if worst < Fraction(1, 5) else 3 if worst < Fraction(2, 5) else 4]
        return quality, n, good, bad

    n = dice.one_of([5, 10, 20, 40])
    before, after = period(n), period(n)
    if dice.below(2):  # near each other
        good = max(0, min(n, before[2] + dice.below(1 + n // 4) - n // 8))
        bad = min(before[3], n - good)
        share, worst = Fraction(good, n), Fraction(bad, n)
        quality = LEVELS[0 if share >= Fraction(9, 10) else 1 if share >= Fraction(3, 4) else
                         2 if worst < Fraction(1, 5) else 3 if worst < Fraction(2, 5) else 4]
        after = (quality, n, good, bad)
    return ",".join(["change", str(index), joined(map(str, before + after)), change(before, after), "", "", ""])


def main(folder):
    dice = Dice(SEED)
    rows = list(systematic_rows())
    while len(rows) < 2000:
        rows.append(random_row(dice))
    with open(folder + "/judged_sections.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Made by judge_reference.py; do not edit. over: multiples against the target; main: against class III.\n")
        out.write("row,water,rounding,target,asked,values,classes,class,quality,colour,missing,attained,over,main\n")
        for index, row in enumerate(rows):
            out.write(section_line(index + 1, row) + "\n")
    with open(folder + "/judged_groups.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Made by judge_reference.py; do not edit. river: class, quality, sections in I..>V, items named; trend: direction,\n"
                  "# significance, rs; lake: trophic state, index; change: answer.\n")
        out.write("kind,row,given,first,second,third,fourth\n")
        for line, count in ((river_line, 200), (trend_line, 100), (trophic_line, 100), (change_line, 100)):
            for index in range(count):
                out.write(line(dice, index + 1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
