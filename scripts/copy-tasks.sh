#!/usr/bin/env bash
# Whether a translator learns to write down a row of letters as it stands, and from its end: 30,000 rows of 1 to 40 letters of 20,
# made by a seed, and the share of 1,000 others that it writes without a mistake.
# usage: scripts/copy-tasks.sh [copy | reversal] ... [-- KEY=VALUE ...]     (default: both)
# Runs that are done, in output/copy-tasks, are not trained again. Half an hour each on two cores without bfloat16.
set -euo pipefail
cd "$(dirname "$0")/.."
tasks=() settings=()
while (($#)) && [ "$1" != -- ]; do tasks+=("$1"); shift; done
(($#)) && shift
((${#tasks[@]})) || tasks=(copy reversal)
for setting; do settings+=(--set "$setting"); done
work=output/copy-tasks
variant= # other settings are other runs
(($# == 0)) || variant=-$(printf '%s\n' "$@" | cksum | cut -d' ' -f1)

# rows TASK SEED COUNT NAME: NAME.in and NAME.out.
rows() {
  awk -v task="$1" -v seed="$2" -v count="$3" -v name="$4" 'BEGIN {
    srand(seed)
    for (i = 0; i < count; i++) {
      length_ = 1 + int(40 * rand()); row = ""; turned = ""
      for (t = 0; t < length_; t++) {
        letter = sprintf("%c", 97 + int(20 * rand()))
        row = row (t ? " " : "") letter
        turned = letter (t ? " " : "") turned
      }
      print row > (name ".in")
      print (task == "copy" ? row : turned) > (name ".out")
    }
  }'
}

echo "| task | rows of 1 to 40 letters | written without a mistake |"
echo "|---|---|---|"
for task in "${tasks[@]}"; do
  case $task in
    copy | reversal) ;;
    *) echo "copy-tasks: $task is none of copy and reversal" >&2; exit 2 ;;
  esac
  mkdir -p "$work"
  rows "$task" 1 30000 "$work/$task-train"
  rows "$task" 2 500 "$work/$task-validation"
  rows "$task" 3 1000 "$work/$task-test"
  keys=(--set "data.train=$work/$task-train.*" --set "data.validation=$work/$task-validation.*" --set data.options.source=in
    --set data.options.target=out --set translation.source_tokenizer=words --set translation.target_tokenizer=words
    --set translation.maximum_vocabulary=0 --set translation.label_smoothing=0 --set translation.decoder_units=128
    --set network.units=128 --set network.dropout=0 --set train.epochs=20 --set "output=$work/$task$variant" "${settings[@]}")
  [ -s "$work/$task$variant.json" ] || {
    scripts/rondo train conf/translation.conf "${keys[@]}" >"$work/$task$variant.part"
    mv "$work/$task$variant.part" "$work/$task$variant.json"
  }
  rm -rf "$work/$task-predicted"
  scripts/rondo predict conf/translation.conf "${keys[@]}" --input - <"$work/$task-test.in" >"$work/$task-predicted"
  # Lines of JSON: what was written stands in "prediction".
  sed 's/.*"prediction":"\([^"]*\)".*/\1/' "$work/$task-predicted" | paste -d'\t' - "$work/$task-test.out" |
    awk -F'\t' -v task="$task" '$1 == $2 { right++ } END { printf "| %s | %d | %.1f %% |\n", task, NR, 100 * right / NR }'
done
