#!/usr/bin/env bash
# Whether Spark ML's estimator gives the same bits whatever it is given: scripts/check-sparkml.sh [FITS]
#
# Fits RnnClassifier to 600 texts, made by a seed: in 1 to 7 partitions, repartitioned, sorted, cached, from csv, json and
# parquet, without adaptive plans, on one thread and two, on two executors, and with one of them killed (SIGKILL) meanwhile.
# Prints the SHA-256 of the parameters of each. Then loads the models in JVMs of their own and compares the predictions, whose
# plan must exchange no rows, and prints the memory of a driver and two executors that fit and predict FITS (10) times. Ends
# with an error unless all bits are the same and the executor was lost in the middle. About ten minutes on two cores.
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
fits=${1:-10}
make_rows

# fit NAME MASTER: its model in $work/NAME/model.
fit() {
  program FitWays "$2" "$rows/texts" "$work/$1"
  while IFS=$'\t' read -r what sha seconds; do same_bits parameters "$what" "$sha" "$seconds"; done <"$work/out"
}
# predict NAME MASTER FORMAT FILES WHAT: by the model of NAME.
predict() {
  local start=$SECONDS
  program Predictions "$2" "$rows/texts" "$work/predictions" "$work/$1/model" "$3" "$4"
  same_bits predictions "$5" "$(cat "$work/out")" $((SECONDS - start))
}

ways_heading result
fit one 'local[1]'
fit two 'local[2]'
fit executors 'local-cluster[2,1,1024]'
lost=$(grep '^an executor was killed' "$work/err") || fail "no executor was killed"
predict one 'local[1]' csv 1 "csv, a file, local[1]"
predict two 'local[2]' parquet 7 "parquet, 7 files, local[2]"
predict executors 'local-cluster[2,1,1024]' json 2 "json, 2 files, two executors"
ways_end
echo
echo "$lost"
echo "no plan of the predictions exchanges rows"

echo
echo "| fits | process | resident, MB | code and classes, MB | neither these nor heap, MB | direct buffers, MB |"
echo "|---|---|---|---|---|---|"
program FitMemory "$rows/texts" "$work/memory" "$fits"
cat "$work/out"
