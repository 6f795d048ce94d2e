#!/usr/bin/env bash
# How long a service waits for a prediction: a trained classifier of texts in a plain JVM of 256 MB, rows one by one, from one thread
# and from two. Prints a table for docs/results/serving.md. The machine must be idle.
# usage: scripts/bench-serving.sh MODEL TEXTS [SECONDS]     MODEL: a run's output; TEXTS: a file of a text a line
set -euo pipefail
model=$(realpath "$1") texts=$(realpath "$2")
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1
HEAP=256m
. scripts/bench/rondo.sh
rondo org.rondo.bench.serving.Latency "$model" "$texts" "${3:-20}"
