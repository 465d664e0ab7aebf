"""Tables of the transcritical profiles: python3 validation/macdonald_tables.py writes the reference.csv of
macdonald_transcritical_1km and macdonald_hydraulic_jump_1km. Depths as in SWASHES (Delestre et al. 2013), section 3.2.1; the
bed follows from dz/dx = -S0, S0 = (1 - Fr^2) h' + Sf, by Gauss's quadrature, h' by a complex step."""
import cmath
import pathlib

LENGTH, SPACING, FLOW, ROUGHNESS, GRAVITY = 1000.0, 12.5, 2.0, 0.0218, 9.81
CRITICAL = (4 / GRAVITY) ** (1 / 3)
TERMS = (-0.348427, 0.552264, -0.55558)
PARTS = 16  # of a row's spacing
GAUSS = ((0.0, 128 / 225), (0.538469310105683091, 0.478628670499366468), (0.906179845938663993, 0.236926885056189088))


def falling(steepness):
    return lambda x: CRITICAL * (1 - cmath.tanh(steepness * (x / 1000 - 0.5)) / steepness)


def above_jump(x):
    return CRITICAL * (0.9 - cmath.exp(-x / 250) / 6)


def below_jump(x):
    waves = sum(a * cmath.exp(-20 * k * (x / 1000 - 0.5)) for k, a in enumerate(TERMS, 1))
    return CRITICAL * (1 + waves + 0.8 * cmath.exp(x / 1000 - 1))


CASES = {
    "macdonald_transcritical_1km": (
        (falling(3), falling(6)),
        "(4/g)^(1/3)(1-tanh(s(x/1000-0.5))/s), s = 3 up to x = 500, 6 beyond",
    ),
    "macdonald_hydraulic_jump_1km": (
        (above_jump, below_jump),
        "(4/g)^(1/3)(0.9-exp(-x/250)/6) up to x = 500; beyond (4/g)^(1/3)(1+sum a_k exp(-20k(x/1000-0.5))"
        "+0.8exp(x/1000-1)), a = -0.348427, 0.552264, -0.55558",
    ),
}


def slope(depth, x):
    h, growth = depth(x).real, depth(x + 1e-30j).imag / 1e-30
    return (1 - FLOW**2 / (GRAVITY * h**3)) * growth + (ROUGHNESS * FLOW) ** 2 / h ** (10 / 3)


def fall(depth, begin, end):
    half, total = (end - begin) / PARTS / 2, 0.0
    for part in range(PARTS):
        middle = begin + (2 * part + 1) * half
        for at, weight in GAUSS:
            sides = (at,) if at == 0 else (-at, at)
            total += half * weight * sum(slope(depth, middle + half * side) for side in sides)
    return total


def table(case):
    laws, words = CASES[case]
    rows = int(LENGTH / SPACING)
    beds = [0.0]
    for row in reversed(range(rows)):
        begin = row * SPACING
        beds.append(beds[-1] + fall(laws[begin >= LENGTH / 2], begin, begin + SPACING))
    lines = [
        f"# case: {case}",
        "# formula: wide rectangular: dz/dx=-S0, S0=(1-Fr^2)h'+Sf (MacDonald et al. 1997; SWASHES 3.2.1); g=9.81; Manning",
        "# param: L = 1000",
        "# param: q = 2",
        "# param: n = 0.0218",
        "# param: wide = True",
        f"# param: hdesc = {words}",
        "# note: made by validation/macdonald_tables.py; z from the lower end up",
        "x_m,z_bed_m,h_m,wse_m,u_m_s,Froude,S0",
    ]
    for row, z in enumerate(reversed(beds)):
        x = row * SPACING
        law = laws[x > LENGTH / 2]
        h = law(x).real
        values = (x, z, h, z + h, FLOW / h, FLOW / h / (GRAVITY * h) ** 0.5, slope(law, x))
        lines.append(",".join(f"{value:.12g}" for value in values))
    return "\n".join(lines) + "\n"


for name in CASES:
    (pathlib.Path(__file__).parent / "cases" / name / "reference.csv").write_text(table(name))
