#!/usr/bin/env bash
# Whether rows give the same bits whatever way they go: scripts/check-row-bits.sh [TASK...]     (classification, tagging, translation, speech)
#
# Writes 600 labelled texts, 400 tagged sentences and 200 recordings of tones, made by a seed, in several formats and numbers of
# files, and trains a tiny network on each by scripts/rondo (translation: to write each text again, from tokens that it drew
# itself): on one thread and two, on two executors, with an executor killed (kill -9) while it trains, and with the driver killed and the run resumed. Prints the SHA-256 of the parameters of each. Then predicts the rows
# on one thread and on two executors, and prints that of what is written. Ends with an error unless each group has one, and
# unless what was to be killed was killed. About a quarter of an hour on two cores.
# KEEP=1 keeps logs and outputs.
source "$(dirname "${BASH_SOURCE[0]}")/clusters/common.sh"
tasks=${*:-classification tagging translation speech}
for task in $tasks; do
  case $task in classification | tagging | translation | speech) ;; *) fail "$task is none of classification, tagging, translation and speech" ;; esac
done
use_own_spark
make_faults
make_rows
rounds=30
cluster='local-cluster[2,1,1024]'
touch "$work/empty.conf"

network=(--set shards=2 --set "train.rounds=$rounds" --set train.sync_every=4 --set train.batch=8 --set evaluate.every=10
  --set checkpoint.every=5 --set network.layers=1 --set network.units=16 --set network.bidirectional=true
  --set network.dropout=0.2 --set optimizer.learning_rate=0.01 --set data.validation_fraction=0.2)
# Of a task: its rows in FORMAT-N of $folder, how many they are, and its settings.
settings() {
  case $1 in
    classification) folder=$rows/texts count=600 task_settings=(--set task=classification) ;;
    tagging)
      folder=$rows/sentences count=400
      task_settings=(--set task=tagging --set tagging.characters=8 --set tagging.shapes=true --set tagging.scheme=iobes) ;;
    translation) # one of the texts is empty
      folder=$rows/texts count=599
      task_settings=(--set task=translation --set data.columns.source=text --set data.columns.target=text
        --set data.invalid_rows=skip --set translation.beam=3 --set translation.scheduled_sampling=10) ;;
    speech)
      folder=$rows/sounds count=200
      task_settings=(--set task=speech --set speech.rate=8000 --set speech.mels=12 --set speech.beam=3) ;;
  esac
}
# As many partitions as there are files, or pieces of one file.
partitions() { echo "--set spark.sql.files.minPartitionNum=$1"; }
pieces() { echo "--set spark.sql.files.maxPartitionBytes=$(($(cat "$folder/$2"/*.* | wc -c) / $1 + 1))"; }

# launch FILES MASTER WORD...: a run, its id in $driver; on the threads of its process where MASTER is threads.
launch() {
  local columns=() where=(--master "$2")
  [ "$2" != threads ] || where=(--in-process)
  [ "${1%-*}" != conll ] || columns=(--set 'data.options.columns=tokens tags')
  scripts/rondo train "$work/empty.conf" "${network[@]}" "${task_settings[@]}" "${columns[@]}" --set "data.format=${1%-*}" \
    --set "data.path=$folder/$1" --set "output=$output" "${where[@]}" "${@:3}" >>"$output.log" 2>&1 </dev/null &
  driver=$!
  daemons+=("$driver")
}
ended() {
  wait "$driver" || failed
  sha=$(sha_in "$output")
  [ -n "$sha" ] || failed
}
failed() {
  tail -n 30 "$output.log" >&2
  fail "$way: the run failed"
}
early() { [ "$(rounds_in "$output")" -lt "$rounds" ] || fail "$way: the run was over before anything was killed"; }
reached() {
  kill -0 "$driver" 2>/dev/null || { ended; early; }
  [ "$(rounds_in "$output")" -ge "$1" ]
}
removed() { grep -qsx ExecutorRemoved "$output.faults"; }

# What is done, FILES MASTER WORD..., and what it came to in $sha.
undisturbed() {
  launch "$@"
  ended
}
executor_killed() {
  RONDO_CLASS_PATH=$faults launch "$@" --set spark.extraListeners=FaultLog --set "spark.soak.log=$output.faults"
  wait_for 600 "$way: round 3" reached 3
  kill -9 "$(pgrep -f CoarseGrainedExecutorBackend -P "$driver" | head -n 1)" || fail "$way: no executor was killed"
  wait_for 120 "$way: the loss of the executor" removed
  early
  ended
}
driver_killed() {
  launch "$@"
  wait_for 600 "$way: round 7" reached 7
  early
  kill -9 "$driver"
  ! wait "$driver" 2>/dev/null || fail "$way: the driver was not killed"
  launch "$1" 'local[1]' "${@:3}" --resume
  ended
  grep -q '^ *resumed, from ' "$output.log" || fail "$way: the run began anew"
}
predicted() {
  scripts/rondo predict "$work/empty.conf" "${network[@]}" "${task_settings[@]}" --set "data.format=${1%-*}" \
    --set "output=$output" --checkpoint "$trained" --input "$folder/$1" --master "$2" >"$output.rows" 2>"$output.log" || failed
  [ "$(grep -c '"prediction":' "$output.rows")" = "$count" ] || fail "$way: not $count predictions"
  sha=$(LC_ALL=C sort "$output.rows" | sha256sum | cut -d' ' -f1)
}

# try GROUP WAY WHAT FILES MASTER WORD...: a row of the table.
try() {
  local start=$SECONDS
  way="$1, $2"
  output=$work/run-$ways
  "${@:3}"
  same_bits "$1" "$2" "$sha" $((SECONDS - start))
}

classification() {
  try "$1" "csv, a file, local[1]" undisturbed csv-1 'local[1]'
  try "$1" "csv, a file in 7 partitions, local[2]" undisturbed csv-1 'local[2]' $(pieces 7 csv-1)
  try "$1" "csv, 7 files in as many partitions, local[2]" undisturbed csv-7 'local[2]' $(partitions 7)
  try "$1" "json, 2 files, threads of the process" undisturbed json-2 threads
  try "$1" "parquet, a file, local[2]" undisturbed parquet-1 'local[2]'
  try "$1" "parquet, 2 files in as many partitions, local[1]" undisturbed parquet-2 'local[1]' $(partitions 2)
  try "$1" "parquet, 7 files in as many partitions, local[2]" undisturbed parquet-7 'local[2]' $(partitions 7)
  try "$1" "csv, 2 files, two executors" undisturbed csv-2 "$cluster"
  try "$1" "parquet, 7 partitions, two executors, one killed" executor_killed parquet-7 "$cluster" $(partitions 7)
  try "$1" "csv, 7 files, local[2], driver killed, resumed on local[1]" driver_killed csv-7 'local[2]'
  trained=$output
  try "$1 predictions" "parquet, a file, local[1]" predicted parquet-1 'local[1]'
  try "$1 predictions" "parquet, 7 files, two executors" predicted parquet-7 "$cluster"
  local order=(--set data.order_column=number)
  # Otherwise csv has texts alone, and "10" comes before "9".
  try "$1 by a column" "csv, a file, local[1]" undisturbed csv-1 'local[1]' "${order[@]}" --set data.options.inferSchema=true
  try "$1 by a column" "parquet, 7 files in as many partitions, local[2]" undisturbed parquet-7 'local[2]' $(partitions 7) "${order[@]}"
}
tagging() {
  try "$1" "conll, a file, local[1]" undisturbed conll-1 'local[1]'
  try "$1" "conll, a file, local[2]" undisturbed conll-1 'local[2]'
  try "$1" "conll, 2 files, threads of the process" undisturbed conll-2 threads
  try "$1" "conll, 7 files, local[2]" undisturbed conll-7 'local[2]'
  try "$1" "json, 2 files in as many partitions, local[1]" undisturbed json-2 'local[1]' $(partitions 2)
  try "$1" "parquet of arrays, a file, local[1]" undisturbed parquet-1 'local[1]'
  try "$1" "parquet of arrays, 7 files in as many partitions, local[2]" undisturbed parquet-7 'local[2]' $(partitions 7)
  try "$1" "conll, 7 files, two executors" undisturbed conll-7 "$cluster"
  try "$1" "parquet of arrays, 7 partitions, two executors, one killed" executor_killed parquet-7 "$cluster" $(partitions 7)
  try "$1" "conll, 7 files, local[2], driver killed, resumed on local[1]" driver_killed conll-7 'local[2]'
  trained=$output
  try "$1 predictions" "parquet, a file, local[1]" predicted parquet-1 'local[1]'
  try "$1 predictions" "parquet, 7 files, two executors" predicted parquet-7 "$cluster"
}
# few_ways TASK ONE THREADS MORE: where rows are in parquet and in those formats: a file, files of threads, files of tasks.
few_ways() {
  try "$1" "$2, a file, local[1]" undisturbed "$2-1" 'local[1]'
  try "$1" "$3, 2 files, threads of the process" undisturbed "$3-2" threads
  try "$1" "parquet, 7 files in as many partitions, local[2]" undisturbed parquet-7 'local[2]' $(partitions 7)
  try "$1" "$4, 2 files, two executors" undisturbed "$4-2" "$cluster"
  try "$1" "parquet, 7 partitions, two executors, one killed" executor_killed parquet-7 "$cluster" $(partitions 7)
  try "$1" "$4, 7 files, local[2], driver killed, resumed on local[1]" driver_killed "$4-7" 'local[2]'
  trained=$output
  try "$1 predictions" "parquet, a file, local[1]" predicted parquet-1 'local[1]'
  try "$1 predictions" "parquet, 7 files, two executors" predicted parquet-7 "$cluster"
}
translation() { few_ways "$1" csv json csv; }
speech() { few_ways "$1" parquet orc orc; }

ways_heading group
for task in $tasks; do
  settings "$task"
  "$task" "$task"
done
ways_end
echo "$ways ways, one SHA-256 for each group"
