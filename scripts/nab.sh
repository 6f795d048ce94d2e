#!/usr/bin/env bash
# Scores of simple detectors of anomalies on the Numenta Anomaly Benchmark, beside the published ones; prints the tables of
# docs/results/tasks.md. CORPUS.zip holds data/ and labels/ of https://github.com/numenta/NAB; with a copy of its folder results/,
# the scores that the published detectors gave are scored again.
#   scripts/nab.sh CORPUS.zip [RESULTS]
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,5s/^# *//p' "$0" >&2; exit 2; }
arguments=()
for path; do arguments+=("$(realpath "$path")"); done
cd "$(dirname "$0")/.."
. scripts/bench/engine.sh
program anomalies.NabReport "${arguments[@]}"
