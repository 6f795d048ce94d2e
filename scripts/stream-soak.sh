#!/usr/bin/env bash
# Streams that are killed, and every event once: scripts/stream-soak.sh [--quick] [SEED]
#
# 200,000 events of 1,000 keys, 4,000 in each micro-batch, are scored by a model of Spark ML (RnnRegressor, LSTM of 32 units) in
# a streaming query whose process is killed three times (kill -9) at moments drawn by SEED, and started again from its
# checkpoint. Every event must have been scored once, with the bits of the same events scored as a table. Then the same without
# kills, for events per second and bytes of state per key; and both figures for 100,000 keys, by Spark's default state store and
# by RocksDB. Ends with an error where an event is lost, scored twice or scored otherwise. About ten minutes on two cores;
# --quick takes a tenth of the events and of the keys.
heap=2g
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
part=1
[ "${1:-}" != --quick ] || { part=10; shift; }
seed=${1:-$(date +%s)}
RANDOM=$((seed % 32768))
store=org.apache.spark.sql.execution.streaming.state
default=$store.HDFSBackedStateStoreProvider
rocks=$store.RocksDBStateStoreProvider
files=50

commits() { find "$work/few/killed/checkpoint/commits" -maxdepth 1 -name '[0-9]*' 2>/dev/null | wc -l; }

# killed COMMITS: starts the query and kills it some time after so many micro-batches were committed.
killed() {
  daemon "$work/killed.log" "${command[@]}" StreamQuery "$work/few" killed "$default"
  while [ "$(commits)" -lt "$1" ]; do
    is_ours "$started" || { tail -n 40 "$work/killed.log" >&2; fail "the query ended before it was killed"; }
    sleep 0.05
  done
  sleep "0.$((RANDOM % 10))$((RANDOM % 10))"
  is_ours "$started" || fail "the query ended before it was killed"
  kill -9 "$started"
  while is_ours "$started"; do sleep 0.05; done
  echo "killed after $(commits) of $files micro-batches"
}

# measured FOLDER NAME STORE: a row of the table, without the first micro-batches, in which code is compiled.
measured() {
  program StreamQuery "$1" "$2" "$3"
  awk -v keys="$4" -v store="${3##*.}" '
    $1 >= 10 { seconds += 1 / $2; batches++ }
    { states = $3; bytes = $4 }
    END { printf "| %d | %s | %.0f | %.0f |\n", keys, store, batches / seconds, bytes / states }' "$work/out"
}

events=$((200000 / part)) few=$((1000 / part)) many=$((100000 / part))
echo "seed $seed"
program StreamEvents "$work/few" "$few" "$events" "$files"
after=0
for kill in 1 2 3; do
  after=$((after + 2 + RANDOM % 12))
  killed "$after"
done
program StreamQuery "$work/few" killed "$default"
program StreamCheck "$work/few" killed
echo "$(cat "$work/out") events of $few keys, each scored once and as in a table, bit for bit"

echo
echo "| keys | state store | events/s | bytes of state per key, in memory |"
echo "|---|---|---|---|"
measured "$work/few" default "$default" "$few"
measured "$work/few" rocks "$rocks" "$few"
program StreamEvents "$work/many" "$many" "$events" "$files"
measured "$work/many" default "$default" "$many"
measured "$work/many" rocks "$rocks" "$many"
program StreamCheck "$work/many" rocks
echo
echo "$(cat "$work/out") events of $many keys, each scored once and as in a table, bit for bit"
