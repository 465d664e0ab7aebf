#!/usr/bin/python3
"""Checks results.nc against sections.csv with xarray: read_results.py RESULTS_NC SECTIONS_CSV."""
import csv
import datetime
import sys

import numpy
import xarray

SIGNIFICANT_DIGITS = 10


def main(results, table):
    with xarray.open_dataset(results) as data:
        assert data.attrs["Conventions"].startswith("CF-1.11"), data.attrs
        ids = [value.decode() if isinstance(value, bytes) else str(value) for value in data["section_id"].values]
        times = {time: n for n, time in enumerate(data["section_time"].values.astype("datetime64[s]"))}
        series = {name: data[name].values for name in data.data_vars if data[name].dims == ("section_time", "section")}
        units = {name: data[name].attrs["units"] for name in series}
        maps = [name for name in data.data_vars if data[name].dims == ("time", "mesh1d_edge")]
        mesh = data["mesh1d"].attrs
        assert mesh["cf_role"] == "mesh_topology" and mesh["topology_dimension"] == 1
        nodes = data[mesh["edge_node_connectivity"]]
        assert nodes.shape[1] == 2 and 0 <= nodes.min() and nodes.max() < data.sizes["mesh1d_node"]
        for name in mesh["node_coordinates"].split() + mesh["edge_coordinates"].split():
            assert name in data.variables, name
        names = [value.decode() if isinstance(value, bytes) else str(value) for value in data["section_name_zh"].values]
    rows = 0
    with open(table, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            utc = datetime.datetime.fromisoformat(row["time"]).astimezone(datetime.timezone.utc).replace(tzinfo=None)
            name = "section_" + row["constituent"]
            value = series[name][times[numpy.datetime64(utc, "s")], ids.index(row["section_id"])]
            printed = "" if numpy.isnan(value) else float(f"{value:.{SIGNIFICANT_DIGITS}g}")
            given = float(row["value"]) if row["value"] else ""
            assert printed == given, (row, value)
            assert units[name] == row["unit"], row
            rows += 1
    assert rows == sum(values.size for values in series.values()), rows
    print("rows", rows, "maps", len(maps), "names", " ".join(names))


main(*sys.argv[1:])
