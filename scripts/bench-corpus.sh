#!/usr/bin/env bash
# Whether memory stays while a corpus grows: scripts/bench-corpus.sh TEXT [TIMES ...]
#
# Prepares TEXT (a file, also .gz or .bz2) TIMES over (1, 10 and 100) in byte pairs of 8,000 by two embedded executors of one core
# and 1 GB, and prints a table: seconds, MB/s, and the most that the driver and an executor held resident. Each copy has words of
# its own, one in every line, so that the words that are counted grow too. Half an hour for 30 MB of text on two cores; the
# disk must hold four times the largest text.
set -euo pipefail
text=$(realpath "${1:?usage: scripts/bench-corpus.sh TEXT [TIMES ...]}")
shift
(($#)) || set -- 1 10 100
. "$(dirname "$0")/launch.sh"
cd "$root"
. scripts/bench/texts.sh
need_jar
. scripts/bench/embedded.sh
unpacked "$text" >"$work/once.txt"

echo "| text, MB | seconds | MB/s | driver, MB resident | executor, MB resident | tokens |"
echo "|---|---|---|---|---|---|"
for times; do
  salted "$work/once.txt" "$times" >"$work/text.txt"
  start=$SECONDS
  RONDO_JAVA_OPTS=-Xmx1g scripts/rondo prepare conf/char-lm.conf --set "data.path=$work/text.txt" --set "output=$work/corpus" \
    --set data.tokenizer=bpe --set data.maximum_vocabulary=8000 --set "spark.local.dir=$work/spark" \
    --master 'local-cluster[2,1,1024]' >"$work/prepared.txt" 2>"$work/log" &
  process=$!
  await "$work/corpus" "$work/log"
  seconds=$((SECONDS - start)) size=$(($(stat -c %s "$work/text.txt") / 1000000))
  tokens=$(grep -oE '(training|validation|test) [0-9,]+' "$work/prepared.txt" | tr -d ,a-z | awk '{ sum += $1 } END { print sum }')
  echo "| $size | $seconds | $(awk -v a=$size -v b=$seconds 'BEGIN { printf "%.1f", a / b }') | $driver | $executor | $tokens |"
  rm -rf "$work/corpus" "$work/text.txt"
done
