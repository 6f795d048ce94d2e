#!/usr/bin/env bash
# One configuration through both engines: two LSTM layers over a vocabulary of 10,000, two shards on two embedded executors of
# one core, plain steps without clipping, parameters averaged after each round; DL4J's parameter averaging, Rondo in float32 and
# in bfloat16, one after the other from the same parameters on the same text. Once with 200 units a layer (B 20, T 20), once
# with 650 (B 20, T 35). Writes docs/results/dl4j.md. About 20 minutes; the machine must be idle.
# usage: scripts/bench-dl4j.sh [OPTION ...]
#   --text FOLDER   learns FOLDER's ptb.train.txt and ptb.valid.txt (or .gz of them) instead of generated text
#   --model NAME    small or medium alone (both)
#   --rounds N      (12; of 80,000 tokens each in the small model, of 42,000 in the medium one)
#   --quick         2 short rounds, to see that everything runs; writes output/dl4j-quick.md
set -euo pipefail
cd "$(dirname "$0")/.."
command="scripts/bench-dl4j.sh${*:+ $*}"
folder= models="small medium" rounds=12 quick=false output=docs/results/dl4j.md
while (($#)); do
  case $1 in
    --text) folder=${2:?--text lacks a folder}; shift ;;
    --model) models=${2:?--model lacks a name}; shift ;;
    --rounds) rounds=${2:?--rounds lacks a number}; shift ;;
    --quick) rounds=2 quick=true output=output/dl4j-quick.md ;;
    *) echo "bench-dl4j: unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
. scripts/bench/engine.sh
. scripts/bench/dl4j.sh
jars=$(printf '%s:' "$PWD"/modules/cli/target/rondo-[0-9]*.jar "$PWD"/modules/interop/target/rondo-interop-[0-9]*.jar)$dl4j
mkdir -p output "$(dirname "$output")"

# part NAME: that part of the text in the folder.
part() { for file in "$folder/ptb.$1.txt" "$folder/ptb.$1.txt.gz"; do [ ! -f "$file" ] || { realpath "$file"; return; }; done; }

# chain FILE SEED TOKENS: words of which four in five follow from the one before, the k-th from about 1/k of all words; the
# others come up alike. 50 a line; the same in every run.
chain() {
  awk -v words=9998 -v state="$2" -v tokens="$3" '
    function draw(n) { state = (state * 69069 + 12345) % 4294967296; return int(state / 4294967296 * n) }
    function common(share) { return int(exp(share * log(words))) - 1 }
    BEGIN {
      for (i = 0; i < tokens; i++) {
        word = draw(5) > 0 ? common((word * 0.618034 + 0.7) % 1) : draw(words)
        printf "w%d%s", word, i % 50 == 49 ? "\n" : " "
      }
    }' >"$1"
}
if [ -n "$folder" ]; then
  train=$(part train) validation=$(part valid) about_text="the Penn Treebank"
else
  train=$work/train.txt validation=$work/validation.txt
  chain "$train" 1 900000
  chain "$validation" 2 70000
  about_text="generated: four words in five follow from the one before, the few common ones from most"
fi

# run MODEL ENGINE KEY=VALUE ...: trains, and leaves its line of figures in $work/MODEL-ENGINE.json, its record beside it.
run() {
  local model=$1 name=$1-$2 settings=()
  shift 2
  for setting; do settings+=(--set "$setting"); done
  RONDO_CLASS_PATH=$jars RONDO_JAVA_OPTS=-Xmx3g scripts/rondo train "conf/ptb-$model.conf" --master 'local-cluster[2,1,4096]' \
    --set spark.executor.memory=4096m --set "spark.executor.extraClassPath=$jars" \
    --set spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxphysicalbytes=0 --set "spark.local.dir=$work/spark" \
    --set "data.train=$train" --set "data.validation=$validation" --set "data.prepared=$work/corpus" \
    --set "output=$work/$name" --set shards=2 --set "train.rounds=$rounds" --set "train.sync_every=$every" \
    --set train.clip_norm=0 --set optimizer.name=sgd --set "optimizer.learning_rate=$rate" --set schedule.name=constant \
    --set evaluate.every=$((rounds > 4 ? rounds / 4 : 1)) --set checkpoint.every=0 --set generate.length=1 "${settings[@]}" \
    >"$work/$name.json" 2>"$work/$name.log" || { cat "$work/$name.log" >&2; exit 1; }
  echo "$name: $(speed "$name") tokens/s, perplexity $(perplexity "$name")" >&2
}
events() { sed -n "s/.*\"event\":\"$2\".*\"$3\":\([0-9.eE+-]*\).*\"$4\":\([0-9.eE+-]*\).*/\1 \2/p" "$work/$1/events.jsonl"; }
# speed NAME: tokens/s of a run's median round, of those behind the first two, in which the JVM compiles.
speed() {
  events "$1" round_finished round tokens_per_second | awk '$1 > 2 || '"$rounds"' <= 2 {printf "%.0f\n", $2}' | sort -n |
    awk '{rate[NR] = $1} END {printf "%.0f", (rate[int((NR + 1) / 2)] + rate[int(NR / 2) + 1]) / 2}'
}
# curve NAME: round and perplexity of each evaluation.
curve() {
  sed -n 's/.*"event":"evaluated".*"round":\([0-9]*\).*"name":"perplexity","value":\([0-9.eE+-]*\).*/\1 \2/p' "$work/$1/events.jsonl"
}
perplexity() { curve "$1" | tail -1 | awk '{printf "%.1f", $2}'; }

# section MODEL: trains it three times, prints what came of it.
section() {
  local model=$1 every rate shape
  case $model in
    small) every=100 rate=1 shape="200 units, B 20, T 20" ;;
    medium) every=30 rate=1 shape="650 units, B 20, T 35" ;;
    *) echo "bench-dl4j: no model $model; there are small and medium" >&2; exit 2 ;;
  esac
  ! $quick || every=5
  run "$model" dl4j engine=dl4j precision=float32
  run "$model" float32 precision=float32
  run "$model" bfloat16 precision=bfloat16
  # ratio ENGINE: its speed in DL4J's.
  ratio() { awk -v a="$(speed "$model-$1")" -v b="$(speed "$model-dl4j")" 'BEGIN {printf "%.1f", a / b}'; }
  row() { echo "| $1 | $(speed "$model-$2") | $(ratio "$2") | $(perplexity "$model-$2") |"; }
  cat <<EOF

## $shape

conf/ptb-$model.conf, learning rate $rate; rounds of $every minibatches a shard, $rounds of them.

| engine | tokens/s | of DL4J's | last perplexity |
|---|---|---|---|
$(row "DL4J 1.0.0-M2, float32" dl4j)
$(row "Rondo, float32" float32)
$(row "Rondo, bfloat16" bfloat16)

| perplexity after round | DL4J | Rondo, float32 | Rondo, bfloat16 |
|---|---|---|---|
$(paste -d' ' <(curve "$model-dl4j") <(curve "$model-float32") <(curve "$model-bfloat16") | awk '{printf "| %d | %.1f | %.1f | %.1f |\n", $1, $2, $4, $6}')
EOF
}

{
  cat <<EOF
# Beside DL4J

One configuration through both engines: two LSTM layers over a vocabulary of 10,000, the same text, initial parameters, plain steps
of a constant rate without clipping, and rounds; two shards on two embedded executors of one core. Text: $about_text.
Perplexity is that of the validation text, measured in both cases by Rondo's evaluation.

    $command

|  |  |
|---|---|
EOF
  about "$command" | tr '\t' '\n' | sed -n 's/^\(date\|processor\|cores\|memory\|java\)=\(.*\)/| \1 | \2 |/p'
  for model in $models; do section "$model"; done
  cat <<EOF

Tokens per second are those of the median round, averaging included, without the first two, in which the JVM compiles. DL4J
carries hidden state within a round, Rondo throughout; masks of dropout differ. Nothing is clipped, because the two clip
differently: DL4J each layer by itself, Rondo the whole gradient. [Other settings](dl4j-settings.md).
EOF
} >"$work/dl4j.md"
mv "$work/dl4j.md" "$output"
echo "written: $output" >&2
