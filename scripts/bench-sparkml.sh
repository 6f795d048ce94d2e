#!/usr/bin/env bash
# How fast models of Spark ML predict: scripts/bench-sparkml.sh [--quick]
#
# Rows per second of transform on one task against a plain loop over the network, of short texts (3 to 8 words, LSTM of 16
# units) and of long ones (100 to 299 words, 128 units); of two executors against one; and the memory of a task that predicts
# 1,000,000 short texts. Medians of five times. About ten minutes on two quiet cores, which it needs; --quick takes a
# twentieth of the rows, and says less.
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
part=1 times=5
[ "${1:-}" != --quick ] || part=20 times=3

echo "| texts | rows | plain loop, rows/s | transform, rows/s | ratio | ratio of CPU time |"
echo "|---|---|---|---|---|---|"
for kind in "SHORT 400000" "LONG 20000"; do
  program TransformSpeed "${kind% *}" $((${kind#* } / part)) "$times" "$work/speed"
  cat "$work/out"
done

echo
echo "| executors | long texts, rows/s | of one |"
echo "|---|---|---|"
for executors in 1 2; do
  program ExecutorSpeed "local-cluster[$executors,1,1024]" $((20000 / part)) "$times" "$work/executors"
  speed=$(cat "$work/out")
  one=${one:-$speed}
  echo "$executors $speed $one" | awk '{ printf "| %d | %.0f | %.2f |\n", $1, $2, $2 / $3 }'
done

echo
echo "| short texts | resident, MB | heap in use, MB | direct buffers, MB |"
echo "|---|---|---|---|"
program TransformMemory $((1000000 / part)) "$work/memory"
cat "$work/out"
