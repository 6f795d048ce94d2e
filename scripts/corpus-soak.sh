#!/usr/bin/env bash
# A corpus larger than the memory of the executors, and a driver that is killed: scripts/corpus-soak.sh [--quick] TEXT [TIMES] [SEED]
#
# Prepares TEXT (a file, also .gz or .bz2) TIMES over (9), salted as in bench-corpus.sh, in characters, and trains a small network on it
# with two embedded executors of one core and 512 MB, each of which reads its shard in windows of 1 MB: once undisturbed, and once with
# the driver killed (kill -9) at two rounds that SEED draws and resumed. Prints the memory of the processes, what an executor has read,
# the size of the run's folder, and the SHA-256 of the parameters. Ends with an error where the parameters differ, or where a shard
# fits into an executor (a token takes four bytes in memory). ROUNDS (60) are trained; eight of them use up the windows, which are then
# read anew from 256 MB of ids. 30 MB of text nine times over need 1 GB of disk. --quick takes 200 KB of the text and 12 rounds, to
# see that everything runs.
set -euo pipefail
quick=false
[ "${1:-}" != --quick ] || { quick=true; shift; }
original=$(realpath "${1:?usage: scripts/corpus-soak.sh [--quick] TEXT [TIMES] [SEED]}")
times=${2:-9} seed=${3:-$(date +%s)} memory=512 rounds=${ROUNDS:-60}
. "$(dirname "${BASH_SOURCE[0]}")/clusters/common.sh"
. scripts/bench/resident.sh
. scripts/bench/texts.sh
RANDOM=$((seed % 32768))
if $quick; then
  times=1 rounds=12
  beginning "$original" 200000 >"$work/once.txt"
else
  unpacked "$original" >"$work/once.txt"
fi
salted "$work/once.txt" "$times" >"$work/salted.txt"
rm "$work/once.txt"

# rondo_here COMMAND [OPTION ...]: on that text and two executors, in the background, its process in $started.
rondo_here() {
  RONDO_JAVA_OPTS=-Xmx1g daemon "$log" scripts/rondo "$1" "$conf" --set "data.path=$work/salted.txt" --set "data.prepared=$work/corpus" \
    --set data.validation_fraction=0.0005 --set "spark.local.dir=$work/spark" --set "spark.executor.memory=${memory}m" \
    --master "local-cluster[2,1,$memory]" "${@:2}"
}
train() {
  rondo_here train --set "output=$output" --set data.shard_memory=1 --set network.layers=1 --set network.units=16 \
    --set "train.rounds=$rounds" --set train.sync_every=16 --set train.batch=128 --set train.unroll=16 \
    --set "evaluate.every=$((rounds / 2))" --set checkpoint.every=4 "$@"
}
last_round() { sed -n 's/.*"event":"round_finished".*"round":\([0-9]*\),.*/\1/p' "$output/events.jsonl" 2>/dev/null | tail -n 1 || true; }
size() { du -sm "$output" | cut -f 1; }

# read_by_executors: MB that those of this driver have read, from files and the network; nothing where there are none.
read_by_executors() {
  { pgrep -f "$executors_of_spark" -P "$started" | xargs -r -I{} cat /proc/{}/io 2>/dev/null || true; } |
    awk '/^rchar/ { sum += $2 } END { if (sum) print int(sum / 1000000) }'
}
have_ended() { local id; for id; do ! kill -0 "$id" 2>/dev/null || return 1; done; }

# kill_driver: with SIGKILL, and waits for its executors, which end by themselves.
kill_driver() {
  local orphans
  mapfile -t orphans < <(pgrep -f "$executors_of_spark" -P "$started")
  kill -9 "$started"
  wait_for 300 "the end of the executors of a killed driver" have_ended "${orphans[@]}"
}

# conduct NAME [ROUND ...]: trains with the driver killed after those rounds, and prints a row of the table.
conduct() {
  output=$work/$1 log=$work/$1.log
  local name=$1 start=$SECONDS driver=0 executor=0 quarter="" half="" begin="" read=0 round now
  shift
  local kills=("$@")
  train
  while is_ours "$started"; do
    raise_to_resident driver "[o]utput=$output"
    raise_to_resident executor "$executors_of_spark" -P "$started"
    now=$(read_by_executors) round=$(last_round)
    read=${now:-$read}
    if [ -n "$round" ]; then
      [ "$round" -lt $((rounds / 4)) ] || : "${quarter:=$executor}" "${begin:=$(size)}"
      [ "$round" -lt $((rounds / 2)) ] || : "${half:=$executor}"
      if [ ${#kills[@]} -gt 0 ] && [ "$round" -ge "${kills[0]}" ]; then
        kills=("${kills[@]:1}")
        kill_driver
        train --resume
      fi
    fi
    sleep 1
  done
  sha=$(sha_in "$output")
  [ -n "$sha" ] || { tail -n 20 "$log" >&2; fail "$name: no result"; }
  [ ${#kills[@]} -eq 0 ] || fail "$name: it ended before the driver was killed"
  echo "| $name${1:+, after rounds $*} | $quarter | $half | $executor | $driver | $read | $begin | $(size) | $((SECONDS - start)) | ${sha:0:16} |"
}

log=$work/prepared.log
rondo_here prepare --set "output=$work/nothing"
while is_ours "$started"; do sleep 0.3; done
tokens=$(grep -oE 'training [0-9,]+' "$log" | tail -n 1 | tr -dc 0-9 || true)
[ -n "$tokens" ] || { tail -n 20 "$log" >&2; fail "the text was not prepared"; }
shard=$((tokens * 4 / 2 / 1000000))
$quick || [ "$shard" -gt "$memory" ] || fail "a shard takes $shard MB, and an executor has $memory: raise TIMES"
echo "seed $seed; $tokens tokens, $(du -sm "$work/corpus" | cut -f 1) MB of ids; a shard in memory would take $shard MB; executors of $memory MB; $rounds rounds"
echo '| run | executor, MB resident after a quarter | a half | all rounds | driver, MB resident | read by the last executors, MB | folder after a quarter, MB | at the end | seconds | SHA-256 |'
echo '|---|---|---|---|---|---|---|---|---|---|'
conduct undisturbed
quiet=$sha
conduct killed $((5 + RANDOM % (rounds / 2 - 5))) $((rounds / 2 + 1 + RANDOM % (rounds / 3)))
[ "$sha" = "$quiet" ] || { KEEP=1; fail "the parameters differ: $quiet undisturbed, $sha with a driver killed twice"; }
echo "equal parameters"
