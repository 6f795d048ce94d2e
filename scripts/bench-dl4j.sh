#!/usr/bin/env bash
# One configuration through both engines: two LSTM layers of 200 units over a vocabulary of 10,000, B 20, T 20, two shards on
# two embedded executors of one core, parameters averaged every 50 minibatches; DL4J's parameter averaging, Rondo in float32
# and in bfloat16, one after the other from the same parameters on the same text. Writes docs/results/dl4j.md. About 8 minutes;
# the machine must be idle.
# usage: scripts/bench-dl4j.sh [OPTION ...]
#   --text FOLDER   learns FOLDER's ptb.train.txt and ptb.valid.txt (or .gz of them) instead of generated text
#   --rounds N      of 40,000 tokens each (20)
#   --quick         2 short rounds, to see that everything runs; writes output/dl4j-quick.md
set -euo pipefail
cd "$(dirname "$0")/.."
command="scripts/bench-dl4j.sh${*:+ $*}"
folder= rounds=20 every=50 output=docs/results/dl4j.md
while (($#)); do
  case $1 in
    --text) folder=${2:?--text lacks a folder}; shift ;;
    --rounds) rounds=${2:?--rounds lacks a number}; shift ;;
    --quick) rounds=2 every=5 output=output/dl4j-quick.md ;;
    *) echo "bench-dl4j: unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
. scripts/bench/engine.sh
[ -n "${BUILT:-}" ] || mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/interop -am package dependency:copy-dependencies \
  -DincludeScope=runtime -DexcludeGroupIds=org.rondo -DoutputDirectory=target/jars >&2
jars=$(printf '%s:' "$PWD"/modules/cli/target/rondo-[0-9]*.jar "$PWD"/modules/interop/target/rondo-interop-[0-9]*.jar)$PWD/modules/interop/target/jars/*
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

# run NAME KEY=VALUE ...: trains, and leaves its line of figures in $work/NAME.json.
run() {
  local name=$1 settings=()
  shift
  for setting; do settings+=(--set "$setting"); done
  RONDO_CLASS_PATH=$jars RONDO_JAVA_OPTS=-Xmx3g scripts/rondo train conf/ptb-small.conf --master 'local-cluster[2,1,3072]' \
    --set spark.executor.memory=3072m --set "spark.executor.extraClassPath=$jars" \
    --set spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxphysicalbytes=0 --set "spark.local.dir=$work/spark" \
    --set "data.train=$train" --set "data.validation=$validation" --set "data.prepared=$work/corpus" \
    --set "output=$work/$name" --set shards=2 --set "train.rounds=$rounds" --set "train.sync_every=$every" \
    --set schedule.name=constant --set evaluate.every=$((rounds > 4 ? rounds / 4 : 1)) --set checkpoint.every=0 \
    --set generate.length=1 "${settings[@]}" >"$work/$name.json" 2>"$work/$name.log" ||
    { cat "$work/$name.log" >&2; exit 1; }
  echo "$name: $(figure "$name" tokens_per_second) tokens/s, perplexity $(figure "$name" perplexity)" >&2
}
# figure NAME KEY: a number of a run's line.
figure() { sed "s/.*\"$2\":\([0-9.eE+-]*\).*/\1/" "$work/$1.json" | awk '{printf(($1 > 1000) ? "%.0f" : "%.1f", $1)}'; }
# curve NAME: round and perplexity of each evaluation.
curve() { sed -n 's/.*"event":"evaluated".*"round":\([0-9]*\).*"perplexity":\([0-9.eE+]*\).*/\1 \2/p' "$work/$1/events.jsonl"; }

run dl4j engine=dl4j precision=float32
run float32 precision=float32
run bfloat16 precision=bfloat16

# ratio NAME: its speed in DL4J's.
ratio() { awk -v a="$(figure "$1" tokens_per_second)" -v b="$(figure dl4j tokens_per_second)" 'BEGIN {printf "%.1f", a / b}'; }
{
  cat <<EOF
# Beside DL4J

One configuration (conf/ptb-small.conf: two LSTM layers of 200 units, B 20, T 20, SGD, constant rate) through both engines:
the same text, initial parameters and rounds of $every minibatches per shard; two shards on two embedded executors of one core.
Text: $about_text. Perplexity is that of the validation text, measured in both cases by Rondo's evaluation.

    $command

|  |  |
|---|---|
EOF
  about "$command" | tr '\t' '\n' | sed -n 's/^\(date\|processor\|cores\|memory\|java\)=\(.*\)/| \1 | \2 |/p'
  cat <<EOF

| engine | tokens/s | of DL4J's | best perplexity in $(figure dl4j tokens) tokens |
|---|---|---|---|
| DL4J 1.0.0-M2, float32 | $(figure dl4j tokens_per_second) | 1 | $(figure dl4j perplexity) |
| Rondo, float32 | $(figure float32 tokens_per_second) | $(ratio float32) | $(figure float32 perplexity) |
| Rondo, bfloat16 | $(figure bfloat16 tokens_per_second) | $(ratio bfloat16) | $(figure bfloat16 perplexity) |

| round | DL4J | Rondo, float32 | Rondo, bfloat16 |
|---|---|---|---|
EOF
  paste -d' ' <(curve dl4j) <(curve float32) <(curve bfloat16) | awk '{printf "| %d | %.1f | %.1f | %.1f |\n", $1, $2, $4, $6}'
  cat <<EOF

Tokens per second are those of the rounds, averaging included, evaluation and start-up excluded. DL4J carries hidden state
within a round, Rondo throughout; DL4J clips each of its four layers by itself, to half the limit to which Rondo clips the whole gradient.
EOF
} >"$output"
echo "written: $output" >&2
