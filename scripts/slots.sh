#!/usr/bin/env bash
# What should become of an optimizer's memory when shards come together: trains the small model of scripts/workers.sh with Adam
# on 4 shards of the Penn Treebank, two passes over the text, once for each sync.slots, and prints a table of validation
# perplexities. Runs that are done are not trained again.
#   PTB=FOLDER scripts/slots.sh OUTPUT     (FOLDER holds ptb.train.txt and ptb.valid.txt; RATES, SEEDS choose otherwise)
set -euo pipefail
output=$(realpath -m "${1:?the folder for the figures}")
PTB=$(realpath "${PTB:?the folder that holds ptb.train.txt and ptb.valid.txt}")
cd "$(dirname "$0")/.."
mkdir -p "$output"
rounds=$((2 * 929588 / (20 * 20 * 4 * 8)))
echo "| sync.slots | learning rate | seed | perplexity |"
echo "|---|---|---|---|"
for rate in ${RATES:-0.002 0.004}; do
  for seed in ${SEEDS:-1 2}; do
    for slots in keep average reset; do
      name=$slots-$rate-$seed
      [ -s "$output/$name.json" ] || {
        RONDO_JAVA_OPTS="-XX:ActiveProcessorCount=1 ${RONDO_JAVA_OPTS:-}" ${RONDO:-scripts/rondo} train conf/ptb-small.conf --in-process \
          --set "data.train=$PTB/ptb.train.txt" --set "data.validation=$PTB/ptb.valid.txt" --set "data.prepared=$output/corpus" \
          --set "output=$output/$name" --set shards=4 --set train.sync_every=8 --set "train.rounds=$rounds" --set "seed=$seed" \
          --set "sync.slots=$slots" --set optimizer.name=adam --set "optimizer.learning_rate=$rate" --set train.clip_norm=1 \
          --set "evaluate.every=$rounds" --set "checkpoint.every=$rounds" >"$output/$name.part" 2>"$output/$name.log" || { cat "$output/$name.log" >&2; exit 1; }
        mv "$output/$name.part" "$output/$name.json"
      }
      echo "| $slots | $rate | $seed | $(sed 's/.*"perplexity":\([0-9]*\.[0-9]\).*/\1/' "$output/$name.json") |"
    done
  done
done
