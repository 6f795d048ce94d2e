#!/usr/bin/env bash
# Whether a vocabulary of 800,000 words trains in executors of 4 GB: scripts/large-vocabulary.sh [WORDS] [ROUNDS]
#
# Writes a text of that many words (800,000), of which rank r is about as likely as 1/r and each occurs, and trains one LSTM layer of
# 128 units over it on two embedded executors of one core and 4 GB: the head shares the embedding and is trained by 4,000 samples of its
# words, with sparse Adam. Prints the seconds of each round (4 of them) with their parts, and the most that the driver and an executor
# held resident.
set -euo pipefail
words=${1:-800000} rounds=${2:-4}
. "$(dirname "$0")/launch.sh"
cd "$root"
need_jar
. scripts/bench/embedded.sh
. scripts/bench/events.sh
awk -v words="$words" 'BEGIN {
  srand(1)
  for (i = 0; i < 4 * words; i++)
    printf "w%d%s", (i % 4 ? int(exp(rand() * log(words + 1))) - 1 : i / 4), (i % 20 == 19 ? "\n" : " ")
}' >"$work/text.txt"
RONDO_JAVA_OPTS="${RONDO_JAVA_OPTS:--Xmx5g -XX:MaxDirectMemorySize=6g}" scripts/rondo train conf/char-lm.conf --set "data.path=$work/text.txt" \
  --set data.tokenizer=words --set "data.maximum_vocabulary=$words" --set data.validation_fraction=0.001 --set network.tied=true \
  --set network.samples=4000 --set network.layers=1 --set optimizer.name=sparse-adam --set shards=2 --set train.batch=20 \
  --set train.unroll=35 --set train.sync_every=20 --set "train.rounds=$rounds" --set "evaluate.every=$rounds" --set evaluate.streams=2 \
  --set evaluate.batch=1 --set "checkpoint.every=$rounds" --set generate.length=1 --set spark.executor.memory=4g \
  --set "spark.local.dir=$work/spark" --set "output=$work/run" --master 'local-cluster[2,1,4096]' >"$work/result" 2>"$work/log" &
process=$!
await "$work/run" "$work/log"
grep -o '[0-9,]* parameters, [0-9]* shards' "$work/log" | head -n 1
echo "| round | seconds | broadcast | compute | reduce | tokens/s |"
echo "|---|---|---|---|---|---|"
events() { grep "\"event\":\"round_$1\"" "$work/run/events.jsonl" | sed 's/,"shards".*//'; }
paste <(events finished | value round) <(events finished | value seconds) <(events measured | value broadcast) <(events measured | value compute) \
  <(events measured | value reduce) <(events finished | value tokens_per_second) |
  awk '{ printf "| %d | %.1f | %.1f | %.1f | %.1f | %.0f |\n", $1, $2, $3, $4, $5, $6 }'
echo "at most resident: driver $driver MB, executor $executor MB"
