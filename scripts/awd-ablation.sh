#!/usr/bin/env bash
# What each option of conf/awd-lstm.conf is worth: the recipe as it is, and without one option at a time, after equally many rounds.
# Prints a table of validation perplexities.
#   PTB=FOLDER scripts/awd-ablation.sh OUTPUT     (FOLDER holds ptb.train.txt and ptb.valid.txt, or .gz of them)
# ROUNDS (100), UNITS (1150), EMBEDDING (400) and LINES_OF_TEXT of the training text (all) make it smaller. What is in OUTPUT is not trained
# again.
set -euo pipefail
output=$(realpath -m "${1:?the folder for the figures}")
ptb=$(realpath "${PTB:?the folder that holds ptb.train.txt and ptb.valid.txt}")
cd "$(dirname "$0")/.."
. scripts/bench/trials.sh
mkdir -p "$output"
rounds=${ROUNDS:-100}
[ -f "$output/train.txt" ] || {
  if [ -f "$ptb/ptb.train.txt" ]; then cat "$ptb/ptb.train.txt"; else zcat "$ptb/ptb.train.txt.gz"; fi |
    awk -v most="${LINES_OF_TEXT:-0}" 'most == 0 || NR <= most' >"$output/train.txt"
}
valid=$ptb/ptb.valid.txt
[ -f "$valid" ] || valid=$valid.gz

names=()
# without NAME [--set ...]: the recipe with that changed.
without() {
  local name=$1
  shift
  names+=("$name")
  trial "$name" conf/awd-lstm.conf --set "data.train=$output/train.txt" --set "data.validation=$valid" --set "train.rounds=$rounds" \
    --set "network.units=${UNITS:-1150}" --set "network.embedding=${EMBEDDING:-400}" --set "evaluate.every=$((rounds / 10))" \
    --set checkpoint.every=0 "$@"
}
without nothing
without weight-drop --set network.weight_drop=0
without input-dropout --set network.input_dropout=0
without dropout-between --set network.dropout=0 --set network.input_dropout=0.4
without output-dropout --set network.output_dropout=0
without locked-masks --set network.locked_dropout=false
without embedding-dropout --set network.embedding_dropout=0
without activation-regularization --set network.activation_regularization=0
without temporal-regularization --set network.temporal_regularization=0
without varied-lengths --set train.vary_unroll=false
without tied-weights --set network.tied=false
without averaging --set evaluate.average_after=0

echo '| without | best validation perplexity |'
echo '|---|---|'
for name in "${names[@]}"; do
  printf '| %s | %.1f |\n' "$name" "$(figure "$name" perplexity)"
done
