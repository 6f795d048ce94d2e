#!/usr/bin/env bash
# What eight shards learn of a text beside one, by several ways of bringing them together, equal tokens in total: characters, one LSTM
# layer of 128 units, rounds of 38,400 tokens of all shards. Prints a table of validation losses.
#   scripts/bench-shards.sh TEXT OUTPUT     (TEXT a file of text, packed by gzip or bzip2 or not; OUTPUT a folder for the figures)
# MB of the text are used, 1.2 by default, in 28 rounds (ROUNDS), about one pass. What is in OUTPUT is not trained again.
set -euo pipefail
text=$(realpath "${1:?the text}")
output=$(realpath -m "${2:?the folder for the figures}")
cd "$(dirname "$0")/.."
. scripts/bench/texts.sh
. scripts/bench/trials.sh
mkdir -p "$output"
[ -f "$output/part.txt" ] || {
  beginning "$text" "$(awk -v megabytes="${MB:-1.2}" 'BEGIN { printf "%d", megabytes * 1000000 }')" >"$output/part.txt"
}
rounds=${ROUNDS:-28}
names=()
# way NAME SHARDS BATCH STEPS [--set ...]: 38,400 tokens a round.
way() {
  local name=$1 shards=$2 batch=$3 steps=$4
  shift 4
  names+=("$name:$shards:$batch")
  trial "$name" conf/char-lm.conf --set "data.path=$output/part.txt" --set network.layers=1 --set train.unroll=50 \
    --set "train.rounds=$rounds" --set "evaluate.every=$((rounds / 4))" --set "shards=$shards" --set "train.batch=$batch" \
    --set "train.sync_every=$steps" "$@"
}
diloco=(--set optimizer.name=adamw --set sync.name=block-momentum --set sync.momentum=0.9 --set sync.learning_rate=0.7)
way one 1 32 24
way average 8 32 3
way average-scaled 8 32 3 --set optimizer.scale=square-root
way diloco 8 32 3 "${diloco[@]}"
way average-small 8 4 24
way momentum-small 8 4 24 --set sync.name=block-momentum
way diloco-small 8 4 24 "${diloco[@]}"
way average-small-late 8 4 24 --set sync.delay=1
way diloco-small-late 8 4 24 "${diloco[@]}" --set sync.delay=1

one=$(figure one validation_loss)
echo '| way | shards | sequences in a minibatch of each | after a quarter | a half | three quarters | all | against one shard |'
echo '|---|---|---|---|---|---|---|---|'
for each in "${names[@]}"; do
  IFS=: read -r name shards batch <<<"$each"
  echo "| $name | $shards | $batch | $(losses "$name") | $(awk -v a="$(figure "$name" validation_loss)" -v b="$one" 'BEGIN { printf "%+.1f %%", 100 * (a / b - 1) }') |"
done
