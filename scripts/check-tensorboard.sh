#!/usr/bin/env bash
# Trains on a text of its own, stops, resumes, and reads the event file by TensorBoard's own reader. Python with tensorboard: $PYTHON,
# or python3; without it nothing is checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
if ! "$python" -c 'import tensorboard' 2>/dev/null; then
  echo "skipped: $python cannot import tensorboard (set PYTHON to one that can)"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ((i = 0; i < 300; i++)); do echo "the cat sat on the mat, $i times."; done > "$work/text.txt"
train() {
  scripts/rondo train conf/char-lm.conf --in-process --set data.path="$work/text.txt" --set output="$work/run" --set network.units=16 \
    --set train.unroll=16 --set train.batch=4 --set train.sync_every=2 --set evaluate.every=2 --set report.tensorboard=true "$@"
}
train --set train.rounds=4
train --set train.rounds=7 --resume
"$python" scripts/check-tensorboard.py "$work/run"
