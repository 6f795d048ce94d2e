#!/usr/bin/env bash
# Products and element-wise passes by themselves, one thread, microseconds a call, by JMH.
# usage: scripts/bench-kernels.sh [JMH's arguments]     (-h lists them; about 20 minutes in all)
#   scripts/bench-kernels.sh ProductBenchmark -p configuration=M -p precision=BFLOAT16
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
. scripts/bench/rondo.sh
HEAP=512m rondo org.openjdk.jmh.Main "$@"
