#!/usr/bin/env bash
usage() {
  cat <<'HELP'
usage: scripts/check-bfloat16.sh FOLDER [KEY=VALUE ...]

Does bfloat16 learn as well as float32? Trains conf/ptb-small.conf on FOLDER/ptb.train.txt and FOLDER/ptb.valid.txt (or
.gz) in both precisions with seeds 1, 2, 3, two runs at a time, one core each, and compares the validation perplexities
of the last parameters. KEY=VALUE changes the configuration, such as train.rounds=2.

Results: build/bfloat16/results.txt (OUTPUT names another folder). Runs that are complete there are not run again; one
that was stopped goes on from its last checkpoint. Exits 1 if the means differ by 0.5% or more.
HELP
}
case ${1:-} in '' | -h | --help) usage; exit ;; esac
set -euo pipefail
folder=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")/.."
output=${OUTPUT:-build/bfloat16}
mkdir -p "$output"

text() {
  ls "$folder/ptb.$1.txt" 2>/dev/null || ls "$folder/ptb.$1.txt.gz"
}
train=$(text train)
valid=$(text valid)
changes=()
for change in "$@"; do changes+=(--set "$change"); done
set_all=(--set data.train="$train" --set data.validation="$valid" --set data.prepared="$output/corpus" "${changes[@]}")
# Once, since two runs would prepare it side by side; it also builds the jar where there is none.
scripts/rondo prepare conf/ptb-small.conf "${set_all[@]}" --set output="$output/prepared"

# One run; its last line of output is the result in JSON.
run() {
  local precision=$1 seed=$2 name=$1-seed-$2 resume=()
  [ ! -s "$output/$name.json" ] || { echo "$name: complete already"; return; }
  [ ! -d "$output/$name/checkpoints" ] || resume=(--resume)
  echo "$name: begins $(date +%T), log $output/$name.log"
  scripts/rondo train conf/ptb-small.conf "${set_all[@]}" --set output="$output/$name" --set precision="$precision" \
    --set seed="$seed" --set spark.ui.enabled=false --master 'local[1]' "${resume[@]}" \
    >"$output/$name.part" 2>"$output/$name.log" || { tail -5 "$output/$name.log" >&2; return 1; }
  mv "$output/$name.part" "$output/$name.json"
  echo "$name: ends $(date +%T), validation perplexity $(perplexity "$name")"
}
perplexity() { sed 's/.*"perplexity":\([0-9.]*\).*/\1/' "$output/$1.json"; }

# Interrupts do not reach what a script has in the background by themselves.
stop() {
  local job
  for job in $(jobs -rp); do pkill -TERM -P "$job" || true; done
  wait
  exit 130
}
trap stop INT TERM
failed=0
for seed in 1 2 3; do
  for precision in float32 bfloat16; do
    while [ "$(jobs -rp | wc -l)" = 2 ]; do wait -n || failed=1; done
    run "$precision" "$seed" &
  done
done
while [ -n "$(jobs -rp)" ]; do wait -n || failed=1; done
[ $failed = 0 ] || { echo "a run failed: no comparison" >&2; exit 1; }

for seed in 1 2 3; do
  echo "$seed $(perplexity "float32-seed-$seed") $(perplexity "bfloat16-seed-$seed")"
done | awk '
  BEGIN { print "seed  float32  bfloat16  difference" }
  { printf "%4d  %7.2f  %8.2f  %+9.2f%%\n", $1, $2, $3, 100 * ($3 / $2 - 1); float += $2; brain += $3 }
  END {
    difference = 100 * (brain / float - 1)
    printf "mean  %7.2f  %8.2f  %+9.2f%%\n", float / NR, brain / NR, difference
    exit (difference < 0.5 && difference > -0.5) ? 0 : 1
  }' | tee "$output/results.txt"
