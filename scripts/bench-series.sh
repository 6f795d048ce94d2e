#!/usr/bin/env bash
# What forecasting many series costs on one executor and on two of one core each: preparing the windows, an epoch, predicting;
# time and memory. 10,000 series of 500 steps (SERIES), three times (REPEATS). Writes output/bench-series.md; figures that
# were measured stand in docs/results/tasks.md. On two idle cores without AVX-512 2,000 series take eight minutes each time.
# usage: scripts/bench-series.sh [--quick]
#   --quick   few short series, to see that everything runs; writes output/bench-series-quick.md
set -euo pipefail
cd "$(dirname "$0")/.."
work=output/bench-series document=output/bench-series.md
series=${SERIES:-10000} steps=500 repeats=${REPEATS:-3}
if [ "${1:-}" = --quick ]; then
  shift
  work=output/bench-series-quick document=output/bench-series-quick.md
  series=100 steps=120 repeats=1
fi
(($#)) && { echo "usage: scripts/bench-series.sh [--quick]" >&2; exit 2; }
mkdir -p "$work"
export OMP_NUM_THREADS=1
. scripts/bench/about.sh
. scripts/bench/resident.sh

# table COUNT STEPS: that many series of daily values with a week in them, as CSV.
table() {
  awk -v count="$1" -v steps="$2" 'BEGIN {
    srand(1)
    print "unique_id,ds,y"
    for (i = 0; i < count; i++) {
      level = 10 + 1000 * rand()
      for (t = 0; t < steps; t++)
        printf "s%05d,%d,%.2f\n", i, t, level * (1 + 0.3 * sin(t * 6.2832 / 7 + i) + 0.1 * (rand() - 0.5))
    }
  }'
}

settings=(conf/forecasting.conf --set "data.path=$work/series.csv" --set data.columns.time=ds --set data.columns.target=y
  --set forecasting.horizon=7 --set forecasting.input_size=56 --set forecasting.segment=7 --set forecasting.season=7
  --set forecasting.per_channel=false --set forecasting.sizes="" --set forecasting.step=7 --set data.validation_fraction=0.1
  --set data.test_fraction=0.1 --set network.units=64 --set train.epochs=1 --set train.batch=64
  --set evaluate.every=1000000 --set checkpoint.every=1000000)

# measured NAME COMMAND...: appends its seconds, and the resident megabytes of its largest executor, to $work/NAME.txt.
measured() {
  local name=$1 begin most=0 pid
  shift
  begin=$(date +%s%N)
  "$@" >"$work/last.log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    raise_to_resident most "$executors_of_spark"
    sleep 0.5
  done
  wait "$pid" || { tail -20 "$work/last.log" >&2; return 1; }
  awk -v nanos=$(($(date +%s%N) - begin)) -v megabytes=$most 'BEGIN { printf "%.2f %d\n", nanos / 1e9, megabytes }' \
    >>"$work/$name.txt"
}

# The middle one of a column of a file, and the largest.
median() { awk -v c="$2" '{ print $c }' "$work/$1.txt" | sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
largest() { awk -v c="$2" '$c > most { most = $c } END { print most }' "$work/$1.txt"; }

table "$series" "$steps" >"$work/series.csv"
table 20 "$steps" >"$work/few.csv"
rm -f "$work"/{prepare,train,predict,few}-*.txt
for ((repeat = 0; repeat < repeats; repeat++)); do
  for executors in 1 2; do
    master="local-cluster[$executors,1,2048]"
    own=("${settings[@]}" --set "shards=$executors" --set "output=$work/run-$executors" --set "data.prepared=$work/windows-$executors"
      --master "$master")
    rm -rf "$work/run-$executors" "$work/windows-$executors" "$work/forecasts"
    measured "prepare-$executors" scripts/rondo prepare "${own[@]}"
    measured "train-$executors" scripts/rondo train "${own[@]}"
    measured "predict-$executors" scripts/rondo predict "${own[@]}" --input "$work/series.csv" --output "$work/forecasts"
    rm -rf "$work/forecasts"
    measured "few-$executors" scripts/rondo predict "${own[@]}" --input "$work/few.csv" --output "$work/forecasts"
  done
done
{
  echo "# What forecasting many series costs"
  echo
  echo "Written by \`scripts/bench-series.sh\` on $(date +%F): $(processor), $(getconf _NPROCESSORS_ONLN) cores."
  echo
  echo "$series series of $steps steps, windows of 56 + 7 steps, 7 apart; a GRU of 64 units over 8 segments. Executors of one core with a heap"
  echo "of 2 GB; medians of $repeats, start of Spark included but for predictions, from which the time of 20 series is taken off."
  echo
  echo "| executors | prepare, s | an epoch, s | predict, rows/s | most memory of an executor, MB |"
  echo "|---|---|---|---|---|"
  for executors in 1 2; do
    awk -v n=$executors -v prepare="$(median prepare-$executors 1)" -v train="$(median train-$executors 1)" \
      -v all="$(median predict-$executors 1)" -v few="$(median few-$executors 1)" -v rows=$((series * steps)) \
      -v a="$(largest prepare-$executors 2)" -v b="$(largest train-$executors 2)" 'BEGIN {
        printf "| %d | %.1f | %.1f | %.0f | %d |\n", n, prepare, train, rows / (all > few ? all - few : all), (a > b ? a : b)
      }'
  done
} >"$document"
rm -rf "$work"/windows-* "$work"/run-* "$work/forecasts" "$work/series.csv"
echo "written: $document" >&2
