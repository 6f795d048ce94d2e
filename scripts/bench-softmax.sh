#!/usr/bin/env bash
# What softmaxes for many words cost in perplexity, and what they gain in speed: one LSTM layer over words, trained with the full and
# the adaptive softmax, and with one that shares the embedding, of all words and of samples, on equally many tokens of one text from the
# same seed. Prints a table.
#   scripts/bench-softmax.sh [--quick] TEXT [OUTPUT]
# TEXT is a file of text, packed by gzip or bzip2 or not; OUTPUT the folder for the figures, output/bench-softmax by default. What is
# there is not trained again. --quick trains on 20 KB in a temporary folder, to see that everything runs.
# WORDS (100,000) is the greatest vocabulary, UNITS (128) the width of the layer, SAMPLES (1,000) are drawn for a minibatch; ROUNDS (40, a
# multiple of four) of 35,000 tokens each are trained. The clusters of the adaptive softmax begin at a twentieth and at a fifth of WORDS.
set -euo pipefail
quick=false
[ "${1:-}" != --quick ] || { quick=true; shift; }
text=$(realpath "${1:?usage: scripts/bench-softmax.sh [--quick] TEXT [OUTPUT]}")
cd "$(dirname "$0")/.."
. scripts/bench/texts.sh
. scripts/bench/trials.sh
words=${WORDS:-100000} units=${UNITS:-128} samples=${SAMPLES:-1000} rounds=${ROUNDS:-40} steps=50 validation=0.005
if $quick; then
  output=$(mktemp -d)
  trap 'rm -rf "$output"' EXIT
  beginning "$text" 20000 >"$output/part.txt"
  text=$output/part.txt words=500 units=16 samples=50 rounds=4 steps=2 validation=0.1
else
  output=$(realpath -m "${2:-output/bench-softmax}")
  mkdir -p "$output"
fi

# softmax NAME [--set KEY=VALUE ...]: trains with it. The rounds of the last process and its processor time, with the start and the
# evaluations, are left in $output/NAME.rounds and NAME.processor.
softmax() {
  local name=$1 events=$output/runs/$1/events.jsonl before=0
  shift
  [ ! -f "$output/$name.json" ] || return 0
  [ ! -f "$events" ] || before=$(wc -l <"$events")
  {
    TIMEFORMAT='%U %S'
    time trial "$name" conf/char-lm.conf --set "data.path=$text" --set data.tokenizer=words-and-marks --set data.lowercase=true \
      --set "data.maximum_vocabulary=$words" --set "data.validation_fraction=$validation" --set shards=1 --set network.layers=1 \
      --set "network.units=$units" --set "train.rounds=$rounds" --set "train.sync_every=$steps" \
      --set train.batch=20 --set train.unroll=35 --set optimizer.name=sparse-adam --set "evaluate.every=$((rounds / 4))" \
      --set checkpoint.every=5 --set generate.length=1 "$@" 2>&3
  } 3>&2 2>"$output/$name.processor"
  tail -n "+$((before + 1))" "$events" | grep '"event":"round_finished"' >"$output/$name.rounds"
}
softmax full
softmax adaptive --set "network.cutoffs=$((words / 20)), $((words / 5))"
softmax tied --set network.tied=true
softmax sampled --set network.tied=true --set "network.samples=$samples"

# perplexities NAME: of each evaluation, with a bar between two.
perplexities() { value loss <"$output/$1.evaluated" | awk '{ printf "%s%.1f", (NR > 1 ? " | " : ""), exp($1) }'; }

# per_second NAME: the median of the rounds' tokens per second.
per_second() { value tokens_per_second <"$output/$1.rounds" | sort -g | awk '{ rates[NR] = $1 } END { print rates[int((NR + 1) / 2)] }'; }

# per_processor_second NAME: tokens per second of processor time.
per_processor_second() {
  value tokens <"$output/$1.rounds" | awk '
    NR == FNR { seconds = $1 + $2; next }
    { tokens += $1 }
    END { print tokens / seconds }' "$output/$1.processor" -
}

vocabulary=$(grep -om 1 'vocabulary [0-9,]*[0-9]' "$output/full.log")
echo "$vocabulary words; $(figure full tokens) tokens trained"
echo '| softmax | perplexity after a quarter | a half | three quarters | all | tokens/s, median round | tokens per processor second |'
echo '|---|---|---|---|---|---|---|'
for name in full adaptive tied sampled; do
  printf '| %s | %s | %.0f | %.0f |\n' "$name" "$(perplexities "$name")" "$(per_second "$name")" "$(per_processor_second "$name")"
done
# against NAME OTHER: a line of how the one compares with the other.
against() {
  awk -v name="$1" -v other="$2" -v a="$(figure "$1" perplexity)" -v f="$(figure "$2" perplexity)" -v as="$(per_second "$1")" \
    -v fs="$(per_second "$2")" -v ap="$(per_processor_second "$1")" -v fp="$(per_processor_second "$2")" 'BEGIN {
      printf "%s against %s: best perplexity %+.1f %%, %.1f times the tokens/s, %.1f times per processor second\n",
        name, other, 100 * (a / f - 1), as / fs, ap / fp
    }'
}
against adaptive full
against sampled tied
