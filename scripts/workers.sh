#!/usr/bin/env bash
# Perplexity against workers: trains one model on the Penn Treebank with 1 to 16 shards, equal tokens in total, for each way
# to combine them; the learning rate of each is the best of one small grid by validation perplexity with the first seed.
#   PTB=FOLDER scripts/workers.sh small|medium OUTPUT     (FOLDER holds ptb.train.txt and ptb.valid.txt, or .gz of them)
# One line of figures per run lies in OUTPUT; what is there is not trained again, and a run that was interrupted goes on
# from its checkpoint. Runs train in one thread each, as many at once as there are cores; JOBS, SHARDS, SYNCS, RATES, SEEDS
# and EPOCHS choose otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:?the model: small or medium}
output=$(realpath -m "${2:?the folder for the figures}")
rondo=${RONDO:-scripts/rondo}
jobs=${JOBS:-$(nproc)}
shards=${SHARDS:-1 2 4 8 16}
syncs=${SYNCS:-average block-momentum gradient}
seeds=${SEEDS:-$([ "$model" = small ] && echo 1 2 3 || echo 1)}
epochs=${EPOCHS:-$([ "$model" = small ] && echo 4 || echo 6)}
rates=${RATES:-10 20 40}
sync_every=${SYNC_EVERY:-8}
tokens=929588 # targets of the training text
case $model in
  small) step=$((20 * 20)) ;;
  medium) step=$((20 * 35)) ;;
  *) echo "workers: no such model: $model; there are small and medium" >&2; exit 2 ;;
esac

text() { for file in "$PTB/ptb.$1.txt" "$PTB/ptb.$1.txt.gz"; do [ ! -f "$file" ] || { realpath "$file"; return; }; done; }
common=(--set "data.train=$(text train)" --set "data.validation=$(text valid)" --set "data.prepared=$output/corpus")

# train SYNC SHARDS RATE SEED: one run, unless its figures are there.
train() {
  local sync=$1 shards=$2 rate=$3 seed=$4 name=$model-$1-$2-$3-$4
  [ ! -f "$output/$name.json" ] || return 0
  local folder=$output/runs/$name every=$sync_every resume=()
  [ "$sync" != gradient ] || every=1
  local rounds=$((epochs * tokens / (step * shards * every)))
  [ -z "$(ls "$folder/checkpoints" 2>/dev/null)" ] || resume=(--resume)
  RONDO_JAVA_OPTS="-XX:ActiveProcessorCount=1 -Xmx${HEAP:-1500m}" "$rondo" train "conf/ptb-$model.conf" --in-process "${resume[@]}" \
    "${common[@]}" --set "output=$folder" --set "seed=$seed" --set "shards=$shards" --set "sync.name=$sync" \
    --set "optimizer.learning_rate=$rate" --set "train.sync_every=$every" --set "train.rounds=$rounds" \
    --set "evaluate.every=$((rounds / epochs))" --set "checkpoint.every=$((rounds / epochs / 2))" --set checkpoint.keep=1 \
    >"$output/$name.part" 2>"$output/$name.log"
  mv "$output/$name.part" "$output/$name.json"
  rm -rf "$folder" "$output/$name.log"
  echo "$name: perplexity $(perplexity "$output/$name.json")" >&2
}
perplexity() { sed 's/.*"perplexity":\([0-9.]*\).*/\1/' "$1"; }

# cells: every SYNC SHARDS once; one worker is the same whatever would combine it.
cells() {
  for count in $shards; do
    for sync in $syncs; do
      [ "$count" != 1 ] || [ "$sync" = average ] || continue
      echo "$sync $count"
    done
  done
}
best() { for rate in $rates; do echo "$(perplexity "$output/$model-$1-$2-$rate-${seeds%% *}.json") $rate"; done | sort -g | head -1 | cut -d' ' -f2; }

# all: reads runs, one a line, and trains them, $jobs at once.
all() {
  local run
  while read -r run; do
    # shellcheck disable=SC2086 # a run is four words
    train $run </dev/null &
    [ "$(jobs -rp | wc -l)" -lt "$jobs" ] || wait -n
  done
  while [ -n "$(jobs -rp)" ]; do wait -n; done
}

mkdir -p "$output"
"$rondo" prepare "conf/ptb-$model.conf" "${common[@]}" --set "output=$output" >/dev/null
cells | while read -r sync count; do for rate in $rates; do echo "$sync $count $rate ${seeds%% *}"; done; done | all
cells | while read -r sync count; do
  for seed in ${seeds#"${seeds%% *}"}; do echo "$sync $count $(best "$sync" "$count") $seed"; done
done | all
