#!/usr/bin/env bash
# Random faults, and the same bits: scripts/soak.sh [RUNS] [SEED]
#
# Runs one small job RUNS times (30) on a Spark standalone cluster of this machine that it starts and stops, each time with
# 1, 2 or 3 executors and with faults drawn by SEED: executors killed at any moment (kill -9), tasks that fail, tasks that
# start late under speculation, executors that come and go by dynamic allocation, checkpoint storage that goes away for some
# seconds, the driver killed (kill -9) and its run resumed. Prints a line per run: what was drawn, what struck, and whether
# the final parameters are those of a quiet run on local[1]. A difference or a run that hangs ends it with an error.
# KEEP=1 keeps logs and outputs.
source "$(dirname "${BASH_SOURCE[0]}")/clusters/common.sh"
source "$root/scripts/clusters/spark-standalone.sh"
runs=${1:-30}
seed=${2:-$(date +%s)}
RANDOM=$((seed % 32768))
limit=${LIMIT:-300} # seconds for one run
variants=(average block-momentum gradient bfloat16) # synchronizers, and average with contributions rounded on the wire
kinds=(kill kills failures late driver storage dynamic)
job=(--set "data.path=file://$text" --set shards=4 --set train.rounds=20 --set train.sync_every=3 --set evaluate.every=10
  --set checkpoint.every=4)

use_own_spark
make_faults

# synchronize VARIANT: its settings in $sync.
synchronize() {
  case $1 in
    bfloat16) sync=(--set sync.wire=bfloat16) ;;
    *) sync=(--set "sync.name=$1") ;;
  esac
}

declare -A quiet
for name in "${variants[@]}"; do
  synchronize "$name"
  scripts/rondo train "$conf" "${job[@]}" "${sync[@]}" --set "output=$work/quiet-$name" --master 'local[1]' \
    >"$work/quiet-$name.log" 2>&1 || { cat "$work/quiet-$name.log" >&2; fail "the quiet run failed"; }
  quiet[$name]=$(sha_in "$work/quiet-$name")
done
start_master soak
for number in 1 2 3; do start_worker "$number" 2; done

executors() { pgrep -f CoarseGrainedExecutorBackend -P "$(IFS=,; echo "${workers[*]}")" || true; }
count() { grep -c "^$1\$" "$log" 2>/dev/null || true; }
seconds_below() { printf '%d.%02d' $((RANDOM % $1)) $((RANDOM % 100)); }

# draw RUN: the scenario, in $options, $planned ("ROUND KIND" lines, soonest first) and $scenario.
draw() {
  local main=${kinds[$1 % ${#kinds[@]}]} failing=0 late=0
  name=${variants[$((RANDOM % ${#variants[@]}))]}
  synchronize "$name"
  local count=$((1 + RANDOM % 3))
  [ "$main" != late ] || count=3
  planned=""
  options=(--set "spark.cores.max=$count")
  local also=""
  [ $((RANDOM % 3)) -ne 0 ] || also=kill
  case $main in
    kill) also=kill ;;
    kills) planned+="$((1 + RANDOM % 8)) kill"$'\n' also=kill ;;
    failures) failing=0.1 ;;
    late) late=0.06 options+=(--set spark.speculation=true --set spark.speculation.interval=100ms) ;;
    driver) planned+="$((5 + RANDOM % 12)) driver"$'\n' ;;
    storage) planned+="$((1 + RANDOM % 15)) storage"$'\n' also="" ;;
    dynamic)
      late=0.06 count="1 to 3"
      options=(--set spark.dynamicAllocation.enabled=true --set spark.dynamicAllocation.shuffleTracking.enabled=true
        --set spark.dynamicAllocation.maxExecutors=3 --set spark.dynamicAllocation.schedulerBacklogTimeout=1s
        --set spark.dynamicAllocation.executorIdleTimeout=1s --set spark.dynamicAllocation.cachedExecutorIdleTimeout=1s)
      ;;
  esac
  [ -z "$also" ] || planned+="$((1 + RANDOM % 17)) kill"$'\n'
  planned=$(sort -n <<<"$planned" | sed '/^$/d')
  scenario="$name, $count executors, $main"
  options+=(--set "spark.soak.seed=$RANDOM" --set "spark.soak.failing=$failing" --set "spark.soak.late=$late")
}

# launch [--resume]: the driver, its id in $driver.
launch() {
  RONDO_CLASS_PATH=$faults scripts/rondo train "$conf" "${job[@]}" "${sync[@]}" --set "output=$output" \
    --set "spark.jars=$jar,$faults" --set spark.plugins=FaultPlugin --set spark.extraListeners=FaultLog \
    --set "spark.soak.log=$log" --set spark.executor.cores=1 --set spark.executor.memory=700m \
    "${options[@]}" --master "$master" "$@" >>"$output.log" 2>&1 </dev/null &
  driver=$!
  daemons+=("$driver")
}

strike() {
  sleep "$(seconds_below 1)"
  case $1 in
    kill)
      local living
      mapfile -t living < <(executors)
      # There may be none at this moment, or the one that is drawn may go by itself.
      if [ ${#living[@]} -gt 0 ] && kill -9 "${living[$((RANDOM % ${#living[@]}))]}" 2>/dev/null; then
        echo ExecutorKilled >>"$log"
      fi
      ;;
    driver)
      kill -9 "$driver" 2>/dev/null || return 0
      wait "$driver" 2>/dev/null || true
      echo DriverKilled >>"$log"
      launch --resume
      ;;
    storage)
      # A file stands where the folder was: nothing can be written below it.
      mv "$output/checkpoints" "$output/away" 2>/dev/null || mkdir "$output/away"
      touch "$output/checkpoints"
      sleep "$((4 + RANDOM % 4))"
      if [ -d "$output/checkpoints" ]; then # a writer was faster
        cp -r "$output/checkpoints/." "$output/away"
      fi
      rm -r "$output/checkpoints"
      mv "$output/away" "$output/checkpoints"
      ;;
  esac
}

# Starts the run, strikes, and waits for its end; $outcome is empty if all went well.
conduct() {
  outcome=""
  local resumed=0
  launch
  while true; do
    if ! kill -0 "$driver" 2>/dev/null; then
      wait "$driver" && return
      # A clear error, and a checkpoint to go on from, is what faults beyond repair must end with.
      [ "$resumed" -lt 2 ] || { outcome=failed; return; }
      resumed=$((resumed + 1))
      { grep '^rondo: ' "$output.log" || echo "no message"; } | tail -n 1 >>"$work/errors.log"
      echo EndedWithError >>"$log"
      launch --resume
    fi
    if [ $((SECONDS - start)) -gt "$limit" ]; then
      "${java%java}jstack" "$driver" >"$output.stacks" || true
      kill -9 "$driver"
      outcome=hangs
      return
    fi
    if [ -n "$planned" ] && [ "$(rounds_in "$output")" -ge "${planned%% *}" ]; then
      local next=${planned%%$'\n'*}
      planned=$(tail -n +2 <<<"$planned")
      strike "${next#* }"
    fi
    sleep 0.1
  done
}

# What struck in this run, from the driver's and this script's own records.
struck() {
  local text=""
  add() { [ "${2:-0}" -eq 0 ] || text+="${text:+, }$2 $1"; }
  add "executors killed" "$(count ExecutorKilled)"
  add "drivers killed" "$(count DriverKilled)"
  add "tasks failed" "$(count ExceptionFailure)"
  add "tasks lost" "$(count ExecutorLostFailure)"
  add "fetches failed" "$(count FetchFailed)"
  add "speculative copies" "$(count Speculative)"
  add "executors removed" "$(count ExecutorRemoved)"
  add "writes refused" "$(grep -c '"event":"storage_failed"' "$output/events.jsonl" || true)"
  add "ended with an error and resumed" "$(count EndedWithError)"
  echo "${text:-nothing}"
}

echo "seed $seed; parameters of the quiet runs: $(for name in "${variants[@]}"; do echo -n "$name ${quiet[$name]:0:12} "; done)"
echo "| run | drawn | struck | seconds | parameters | equal |"
echo "|---|---|---|---|---|---|"
different=0
for ((run = 1; run <= runs; run++)); do
  output=$work/run-$run
  log=$work/run-$run.faults
  start=$SECONDS
  draw "$run"
  conduct
  sha=$(sha_in "$output" || true) # there is none where a run failed before it began
  [ -n "$outcome" ] || { [ "$sha" = "${quiet[$name]}" ] && outcome=yes || outcome=NO; }
  [ "$outcome" = yes ] || different=$((different + 1))
  echo "| $run | $scenario | $(struck) | $((SECONDS - start)) | ${sha:0:12} | $outcome |"
  [ "$outcome" = yes ] && [ -z "${KEEP:-}" ] && rm -rf "$output"
done
echo "$((runs - different)) of $runs runs ended with the bits of the quiet run"
[ ! -f "$work/errors.log" ] || sort "$work/errors.log" | uniq -c
[ "$different" -eq 0 ] || { KEEP=1; exit 1; }
