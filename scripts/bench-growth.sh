#!/usr/bin/env bash
# Whether anything grows over 1,000 rounds: a small model on two embedded executors, one minibatch per shard and round. Every
# 100 rounds, after a garbage collection: the driver's heap, the executors' heap and resident memory, the disk that Spark's
# local folders and the run's output take, the broadcasts and blocks that are held. Writes output/growth.tsv, then
# docs/results/scaling.md from all figures there are. About 2 minutes.
# usage: scripts/bench-growth.sh [--quick]     (--quick: 20 rounds, every 5; writes output/growth-quick.tsv only)
set -euo pipefail
cd "$(dirname "$0")/.."
figures=output/growth.tsv rounds=1000 step=100 quick=false
case ${1:-} in
  '') ;;
  --quick) figures=output/growth-quick.tsv rounds=20 step=5 quick=true ;;
  *) echo "bench-growth: unknown option $1" >&2; exit 2 ;;
esac
. scripts/bench/engine.sh
mkdir -p output
about "scripts/bench-growth.sh" >"$figures"

megabytes() { awk -v bytes="$1" 'BEGIN {printf "%.1f", bytes / 1048576}'; }
# bytes FOLDER ...: on disk; files may vanish meanwhile.
bytes() { du -s --block-size=1 "$@" 2>/dev/null | awk '{sum += $1} END {print sum + 0}'; }
# objects HISTOGRAM CLASS: how many of a class there are.
objects() { awk -v class="$2" '$4 == class {count = $2} END {print count + 0}' "$1"; }

# sample ROUND: a line of figures.
sample() {
  local heap=0 resident=0 blocks=0 executor
  for executor in $(pgrep -P "$driver"); do
    jcmd "$executor" GC.class_histogram >"$work/executor.txt"
    heap=$((heap + $(awk '$1 == "Total" {print $3}' "$work/executor.txt")))
    resident=$((resident + $(awk '/^VmRSS/ {print $2 * 1024}' "/proc/$executor/status")))
    blocks=$((blocks + $(objects "$work/executor.txt" org.apache.spark.storage.BlockInfo)))
  done
  jcmd "$driver" GC.run >/dev/null # Spark's cleaner drops what this finds unreachable
  sleep 1
  jcmd "$driver" GC.class_histogram >"$work/driver.txt"
  printf 'growth\tround=%s\tdriver_heap_mb=%s\texecutor_heap_mb=%s\texecutor_resident_mb=%s\texecutor_blocks=%s\t' "$1" \
    "$(megabytes "$(awk '$1 == "Total" {print $3}' "$work/driver.txt")")" "$(megabytes "$heap")" "$(megabytes "$resident")" "$blocks"
  printf 'driver_blocks=%s\tbroadcasts=%s\tspark_disk_mb=%s\toutput_disk_mb=%s\n' \
    "$(objects "$work/driver.txt" org.apache.spark.storage.BlockInfo)" \
    "$(objects "$work/driver.txt" org.apache.spark.broadcast.TorrentBroadcast)" \
    "$(megabytes "$(bytes "$work/spark")")" "$(megabytes "$(bytes "$work/growth")")"
}

HEAP=1g
text "$work/text.txt" 1000 100000
# What Spark's own page keeps of past jobs is bounded; these bounds are reached before round 100. The rounds after the last
# sample leave the time to take it.
begin growth 2 1024 "data.path=$work/text.txt" network.units=100 train.batch=4 train.unroll=8 train.sync_every=1 shards=2 \
  "train.rounds=$((rounds + 500))" checkpoint.every=$step evaluate.every=$step \
  spark.ui.retainedJobs=50 spark.ui.retainedStages=50 spark.ui.retainedTasks=200 spark.ui.port=0
next=$step
while kill -0 "$driver" 2>/dev/null && ((next <= rounds)); do
  done=$(grep -c '"event":"round_finished"' "$work/growth/events.jsonl" 2>/dev/null || true)
  if ((${done:-0} >= next)); then
    sample "$next" | tee -a "$figures"
    next=$((next + step))
  fi
  sleep 0.5
done
finish growth
$quick || document
