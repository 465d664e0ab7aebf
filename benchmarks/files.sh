#!/usr/bin/env bash
# What reading and writing cost (benchmarks/README.md): start-up of 100,000 reaches, and the share of a run that its output
# takes at daily maps and hourly sections. Processor seconds by GNU time; nothing is kept.
#   benchmarks/files.sh [PROGRAM]      after scripts/build release
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-build/release/limpid}
export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 benchmarks/large_case.py "$folder/large" 100000
/usr/bin/time -f "check of 100,000 reaches: %e s wall, %U s processor, %M kB" "$program" check "$folder/large" >/dev/null
printf 'its tables: %s kB\n' "$(du -sk "$folder/large" | cut -f1)"

python3 benchmarks/large_case.py "$folder/medium" 1000 30
cp -r "$folder/medium" "$folder/silent"
printf '\n[output]\nsection_interval = "30 d"\nmap_interval = "0 s"\n' >>"$folder/silent/case.toml"
printf '\n[output]\nsection_interval = "1 h"\nmap_interval = "P1D"\n' >>"$folder/medium/case.toml"
for round in 1 2 3; do
  for kind in silent medium; do
    /usr/bin/time -f "1,000 cells, 30 days, $kind: %U s processor, %S s system" \
      "$program" run --quiet --force "$folder/$kind" -o "$folder/out" >/dev/null
  done
done
