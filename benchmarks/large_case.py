"""Writes a case of many reaches: a binary tree of 1-km reaches (one cell each), ten constituents, a headwater at every leaf,
a section at the outlet. Everything in it is invented; it exists to be large.

usage: python3 benchmarks/large_case.py FOLDER REACHES [DAYS]
"""
import datetime
import pathlib
import sys

CONSTITUENTS = ["tracer", "DO", "BOD5", "COD_Mn", "NH3_N", "NO3_N", "NO2_N", "ORGN", "TP", "TSS"]


def write_tables(folder, count):
    """Reach i (from 1) flows into reach i // 2; node i is its lower end, node 0 the outlet."""
    with open(folder / "nodes.csv", "w") as nodes, open(folder / "reaches.csv", "w") as reaches, \
            open(folder / "sources.csv", "w") as sources:
        nodes.write("id,lon,lat\n")
        reaches.write("id,name_zh,from,to,length [km],slope,manning_n,channel,dispersion [m2/s],stretch\n")
        sources.write("id,name_zh,kind,node,sector,flow [m3/s]," +
                      ",".join(f"{c} [mg/L]" for c in CONSTITUENTS) + "\n")
        for i in range(count + 1):
            nodes.write(f"n{i},{100 + 5 * (i % 1000) / 1000:.4f},{30 + 5 * (i // 1000) / 1000:.4f}\n")
        for i in range(1, count + 1):
            below = i // 2
            # The reach runs from its own node to that of the reach below.
            reaches.write(f"r{i},河段{i},n{i},n{below},1,0.001,0.03,c,10,all\n")
            if 2 * i > count:
                values = ",".join(str(8 if c == "DO" else 1 + 0.1 * k) for k, c in enumerate(CONSTITUENTS))
                sources.write(f"s{i},源头{i},boundary,n{i},nature,0.05,{values}\n")


def write_case(folder, days):
    end = datetime.date(2025, 1, 1) + datetime.timedelta(days=days)
    decays = "".join(f'[processes.decay_{c}]\ntype = "first_order_decay"\nconstituent = "{c}"\nk = "0.1 1/d"\n\n'
                     for c in CONSTITUENTS if c != "DO")
    (folder / "channels.csv").write_text("id,shape,bottom_width [m],side_slope\nc,trapezoidal,10,2\n")
    (folder / "sections.csv").write_text(
        "id,name_zh,level,county,river,reach,chainage [km],target,indicators,limit_date\n"
        "S1,河口,国考,某县,某河,r1,0.5,III,NH3_N,2025-12-31\n")
    (folder / "case.toml").write_text(
        f'[case]\nid = "large"\nname_zh = "大河网"\nname_en = "Many reaches"\n\n'
        f'[time]\nbegin = 2025-01-01\nend = {end}\nstep = "10 min"\n\n'
        f'[initial]\nkind = "spin_up"\nspin_up = "P1D"\n\n'
        f'[network]\nnodes = "nodes.csv"\nreaches = "reaches.csv"\nchannels = "channels.csv"\n'
        f'crs = "EPSG:4490"\ncell_length = "1 km"\n\n'
        f'[constituents]\nuse = {CONSTITUENTS}\n\n{decays}'
        f'[climate]\nwater_temperature = "15 degC"\n\n[sources]\ninventory = "sources.csv"\n\n'
        f'[sections]\nfile = "sections.csv"\n\n[assessment]\nstandard = "GB3838-2002"\n'.replace("'", '"'))


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True)
    write_tables(target, int(sys.argv[2]))
    write_case(target, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
