#!/usr/bin/env bash
# Trains detectors of anomalies on the Numenta Anomaly Benchmark and scores them beside the simple ones; prints the tables of
# docs/results/tasks.md. A detector learns the probationary steps of all series, the first 15 %, and scores all steps.
#   scripts/nab-detector.sh CORPUS.zip [NAME KEY=VALUE ...]
# With a name and settings, such as rebuild anomaly.method=rebuild, that detector is trained, else the one of conf/anomalies.conf.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,5s/^# *//p' "$0" >&2; exit 2; }
corpus=$(realpath "$1") name=${2:-forecast}
shift $(($# > 1 ? 2 : 1))
cd "$(dirname "$0")/.."
. scripts/bench/engine.sh
settings=(--set "data.path=$work/learned.csv" --set "output=$work/run" --set data.validation_fraction=0.2
  --set data.test_fraction=0 --set train.batch=64 --set anomaly.probation=150 --set spark.local.dir="$work/spark")
for setting; do settings+=(--set "$setting"); done
program anomalies.NabTables "$corpus" "$work/learned.csv" "$work/all.csv"
scripts/rondo train conf/anomalies.conf "${settings[@]}" >&2
scripts/rondo predict conf/anomalies.conf "${settings[@]}" --input "$work/all.csv" --output "$work/scores" --output-format json >&2
program anomalies.NabReport "$corpus" "$name=$work/scores"
