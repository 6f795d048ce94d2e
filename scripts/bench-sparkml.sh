#!/usr/bin/env bash
# How fast models of Spark ML predict, in parts that can be chosen:
#   loop       rows per second of transform on one task against a plain loop over the network, of short texts (3 to 8 words, LSTM
#              of 16 units) and of long ones (100 to 299 words, 128 units)
#   dl4j       those of Deeplearning4j on the network of the long ones
#   executors  two executors against one
#   memory     a task that predicts 1,000,000 short texts
# Medians of five times. About fifteen minutes on two quiet cores, which it needs.
# usage: scripts/bench-sparkml.sh [--quick] [PART ...]     (default: all of them)
#   --quick   a twentieth of the rows, which says less
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
part=1 times=5
[ "${1:-}" != --quick ] || { part=20 times=3; shift; }

loop() {
  echo "| texts | rows | plain loop, rows/s | transform, rows/s | ratio | ratio of CPU time |"
  echo "|---|---|---|---|---|---|"
  for kind in "SHORT 400000" "LONG 20000"; do
    program TransformSpeed "${kind% *}" $((${kind#* } / part)) "$times" "$work/speed"
    cat "$work/out"
  done
}

dl4j() {
  . scripts/bench/dl4j.sh
  mkdir "$work/dl4j"
  "${java}c" -cp "$dl4j" -d "$work/dl4j" scripts/sparkml/dl4j/*.java
  echo "| long texts, one thread | rows/s |"
  echo "|---|---|"
  OMP_NUM_THREADS=1 "$java" -Xmx2g -cp "$work/dl4j:$dl4j" Dl4jSpeed $((2000 / part)) "$times" 2>/dev/null |
    awk '{ printf "| Deeplearning4j | %.0f |\n", $1 }'
}

executors() {
  local executors speed one=
  echo "| executors | long texts, rows/s | of one |"
  echo "|---|---|---|"
  for executors in 1 2; do
    program ExecutorSpeed "local-cluster[$executors,1,1024]" $((20000 / part)) "$times" "$work/executors"
    speed=$(cat "$work/out")
    one=${one:-$speed}
    echo "$executors $speed $one" | awk '{ printf "| %d | %.0f | %.2f |\n", $1, $2, $2 / $3 }'
  done
}

memory() {
  echo "| short texts | resident, MB | heap in use, MB | direct buffers, MB |"
  echo "|---|---|---|---|"
  program TransformMemory $((1000000 / part)) "$work/memory"
  cat "$work/out"
}

(($#)) || set -- loop dl4j executors memory
for name; do
  case $name in
    loop | dl4j | executors | memory) "$name" ;;
    *) echo "bench-sparkml: $name is none of loop, dl4j, executors and memory" >&2; exit 2 ;;
  esac
  echo
done
