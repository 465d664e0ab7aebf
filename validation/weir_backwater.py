""
    "Table of the validation case weir_backwater: python3 validation/weir_backwater.py writes its reference.csv. Level above a
    broad weir by its
    formula(drowned
            : by bisection against the level below),
    then dh / dx = (S0 - Sf) / (1 - Fr ^ 2) up the channel by Runge
                   and Kutta's method of the fourth order, each row in PARTS steps.""" import pathlib

                   LENGTH_ABOVE,
              LENGTH_BELOW, SPACING, PARTS = 5000.0, 2000.0, 12.5,
              50 WIDTH, SLOPE, ROUGHNESS, FLOW, GRAVITY = 20.0, 5e-4, 0.03, 30.0,
              9.81 WEIR_WIDTH, CREST, COEFFICIENT = 16.0, 1.5,
              1.705 #crest
    : m above the bed at the weir STAGES = {"free" : None, "drowned" : 3.6} #m above the bed at the outlet; none: uniform flow below


def growth(h):
    area = WIDTH * h
    speed = FLOW / area
    friction = (ROUGHNESS * speed) ** 2 / (area / (WIDTH + 2 * h)) ** (4 / 3)
    return (SLOPE - friction) / (1 - speed**2 / (GRAVITY * h))


def up(h, distance):
    """Depths every SPACING up from h."""
    depths = [h]
    step = -SPACING / PARTS
    for _ in range(round(distance / SPACING)):
        for _ in range(PARTS):
            a = growth(h)
            b = growth(h + step / 2 * a)
            c = growth(h + step / 2 * b)
            d = growth(h + step * c)
            h += step / 6 * (a + 2 * b + 2 * c + d)
        depths.append(h)
    return depths


def bisected(function, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def uniform_depth():
    def excess(h):
        area = WIDTH * h
        return area * (area / (WIDTH + 2 * h)) ** (2 / 3) * SLOPE**0.5 / ROUGHNESS - FLOW

    return bisected(excess, 0.0, 50.0)


def passed(h1, h2):
    if h2 <= 2 / 3 * h1:
        return COEFFICIENT * WEIR_WIDTH * h1**1.5
    return COEFFICIENT * 1.5 * 3**0.5 * WEIR_WIDTH * h2 * (h1 - h2) ** 0.5


def above_weir(below):
    head = below - CREST
    return CREST + bisected(lambda h1: passed(h1, head) - FLOW, max(head, 0.0), 50.0)


def profile(stage):
    below = [uniform_depth()] * (round(LENGTH_BELOW / SPACING) + 1) if stage is None else up(stage, LENGTH_BELOW)
    return up(above_weir(below[-1]), LENGTH_ABOVE)[::-1], below[::-1]


def main():
    profiles = {name: profile(stage) for name, stage in STAGES.items()}
    lines = [
        "# case: weir_backwater",
        "# formula: rectangular channel: dh/dx=(S0-Sf)/(1-Fr^2), Manning, g=9.81; weir: Q=C b h1^1.5, drowned from "
        "h2=2/3 h1: Q=C 1.5 3^0.5 b h2 (h1-h2)^0.5, heads of the levels",
        "# note: made by validation/weir_backwater.py; x from the upper end, the weir between both parts",
    ]
    values = {
        "L_above": LENGTH_ABOVE, "L_below": LENGTH_BELOW, "B": WIDTH, "S0": SLOPE, "n": ROUGHNESS, "Q": FLOW,
        "weir_width": WEIR_WIDTH, "crest": CREST, "C": COEFFICIENT, "stage_drowned": STAGES["drowned"],
    }
    lines += [f"# param: {name} = {value}" for name, value in values.items()]
    lines.append("part,x_m,h_free_m,h_drowned_m")
    for part in (0, 1):
        rows = zip(*(profiles[name][part] for name in STAGES))
        begin = LENGTH_ABOVE * part
        lines += [f"{part},{begin + row * SPACING},{free:.9f},{drowned:.9f}" for row, (free, drowned) in enumerate(rows)]
    folder = pathlib.Path(__file__).parent / "cases" / "weir_backwater"
    (folder / "reference.csv").write_text("\n".join(lines) + "\n")


main()
