#!/usr/bin/env bash
# How long a service waits for a prediction: a trained model in a plain JVM of 256 MB, rows one by one, from one thread and from
# two. Prints a table for docs/results/serving.md. The machine must be idle.
# usage: scripts/bench-serving.sh MODEL ROWS [SECONDS]     MODEL: a run's output; ROWS: a file of a text a line, or of a row a line
#   as JSON by the roles of its columns, such as {"channels": ["load"], "history": [20.5, 21, ...]} for a forecast
set -euo pipefail
model=$(realpath "$1") rows=$(realpath "$2")
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1
HEAP=256m
. scripts/bench/rondo.sh
rondo org.rondo.bench.serving.Latency "$model" "$rows" "${3:-20}"
