#!/usr/bin/python3
"""Checks a gathered sweep against its table with xarray: read_sweep.py SWEEP_NC SWEEP_CSV."""
import csv
import sys

import numpy
import xarray


def text(values):
    return [value.decode() if isinstance(value, bytes) else str(value) for value in values]


def same(number, printed):
    return numpy.isnan(number) if printed == "" else number == float(printed)


def main(gathered, table):
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    checked = 0
    with xarray.open_dataset(gathered) as data:
        assert data.attrs["Conventions"] == "CF-1.11", data.attrs
        assert data.sizes["member"] == len(rows), data.sizes
        assert text(data["member_id"].values) == [row["id"] for row in rows]
        meanings = data["status"].attrs["flag_meanings"].split()
        assert [meanings[int(flag)] for flag in data["status"].values] == [row["status"] for row in rows]
        for dimension in ("answer", "item"):
            points = [text(data[f"{dimension}_{part}"].values)
                      for part in ("section", "indicator", "rule") if f"{dimension}_{part}" in data]
            for name in [n for n in data.data_vars if data[n].dims == ("member", dimension)]:
                for p, point in enumerate(zip(*points)):
                    column = "/".join((name,) + point)
                    for m, row in enumerate(rows):
                        assert same(data[name].values[m, p], row[column]), (column, m)
                        checked += 1
        for p, of in enumerate(text(data["balance_of"].values)):
            for m, row in enumerate(rows):
                assert same(data["closure"].values[m, p], row["closure/" + of])
        for m, row in enumerate(rows):
            assert same(data["capex_cny"].values[m], row["capex_cny"])
            assert text(data["factor_plan_label"].values)[m] == row["plan"]
            assert same(data["factor_decay"].values[m], row["decay"])
        series = data["NH3_N_at_S1"]
        assert series.dims == ("member", "section_time") and series.attrs["units"] == "g m-3"
        assert str(data["section_time"].values[0]).startswith("2024-12-31T16:00"), data["section_time"].values[0]
        item = list(zip(text(data["item_section"].values), text(data["item_indicator"].values))).index(("S1", "NH3_N"))
        whole = data["status"].values == 0
        difference = series.values[whole].max(axis=1) - data["maximum"].values[whole, item]
        assert numpy.all(difference == 0), difference
        quantile = numpy.quantile(series.values[whole], 0.9, axis=1) - data["p90"].values[whole, item]
        assert numpy.all(abs(quantile) <= 1e-12), quantile
    print("members", len(rows), "numbers", checked)


main(*sys.argv[1:])
