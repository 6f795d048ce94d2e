#!/usr/bin/env bash
# The study of long memory: which networks learn to remember, and how far back gradients reach in them.
# usage: scripts/gradients.sh      (writes docs/results/gradients.md and gradients.svg; some minutes on two cores)
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1
results=docs/results
. scripts/bench/rondo.sh
start=$SECONDS
tables=$(HEAP=1g rondo org.rondo.bench.memory.LongMemory $results/gradients.svg)
cat >$results/gradients.md <<END
# Long memory: vanilla, GRU, LSTM

    scripts/gradients.sh

What the study is and what it shows: [docs/gradients.md](../gradients.md). Measured on $(date -u +%F), $(nproc) cores of
$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), in $((SECONDS - start)) seconds.

$tables

![norms of gradients k steps back](gradients.svg)
END
echo "written: $results/gradients.md" >&2
