#!/usr/bin/env bash
# Whether four shards learn a task of series as well as one: trains its configuration with 1 and with 4 shards and three seeds each,
# in one process, and prints the metric that chooses the best parameters, on the validation rows.
#   scripts/check-shards.sh TASK DATA [KEY=VALUE ...]
#     TASK   forecasting (DATA: ETTh1.csv.gz), anomalies (series with the columns unique_id, ds and y) or clips (a folder of clips)
# Four shards have a quarter of the batch each, so that both take equally many steps over as many rows, at the same rate. Runs that
# are done, in output/check-shards, are not trained again. SEEDS and SHARDS choose otherwise.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,7s/^# *//p' "$0" >&2; exit 2; }
task=$1 data=$(realpath "$2")
shift 2
cd "$(dirname "$0")/.."
case $task in
  forecasting) metric=scaled-mse batch=128 ;;
  anomalies) metric=mae batch=16 ;;
  clips) metric=accuracy batch=16 ;;
  *) echo "check-shards: $task is none of forecasting, anomalies and clips" >&2; exit 2 ;;
esac
work=output/check-shards
mkdir -p "$work"
# Other data or settings are other runs.
variant=$(printf '%s\n' "$data" "$@" | cksum | cut -d' ' -f1)
more=()
for setting; do more+=(--set "$setting"); done

# trained SHARDS SEED: its metric.
trained() {
  local name=$work/$task-$variant-$1-$2
  [ -s "$name.json" ] || {
    ${RONDO:-scripts/rondo} train "conf/$task.conf" --in-process --set "data.path=$data" --set "output=$name" --set "shards=$1" --set "seed=$2" \
      --set "train.batch=$((batch / $1))" "${more[@]}" >"$name.part" 2>"$name.log" || { tail -20 "$name.log" >&2; return 1; }
    mv "$name.part" "$name.json"
  }
  sed "s/.*\"$metric\":\([0-9.E-]*\).*/\1/" "$name.json"
}

echo "| task | metric | shards | seed | value |"
echo "|---|---|---|---|---|"
for shards in ${SHARDS:-1 4}; do
  figures=()
  for seed in ${SEEDS:-1 2 3}; do
    figure=$(trained "$shards" "$seed")
    figures+=("$figure")
    echo "| $task | $metric | $shards | $seed | $figure |"
  done
  printf '%s\n' "${figures[@]}" | awk -v begin="| $task | $metric | $shards |" '
    { sum += $1; squares += $1 * $1 }
    END {
      mean = sum / NR
      variance = NR > 1 ? (squares - NR * mean * mean) / (NR - 1) : 0
      printf "%s mean, standard deviation | %.4f, %.4f |\n", begin, mean, sqrt(variance > 0 ? variance : 0)
    }'
done
