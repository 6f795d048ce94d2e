#!/usr/bin/env bash
# Tokens per second of one job on several numbers of executors: model M (vocabulary 10,000, 2 x 650 units, B 20, T 35), as many
# shards as there are executors at most, the same rounds everywhere, about every 10 seconds of a shard's work; beside it the
# same training without rounds (one thread, no Spark), and DL4J's parameter averaging on Spark with the same time between
# averages. In turns, twice. Figures go to output/scaling-N.tsv, N being the most executors; what is there is not measured
# again. Then docs/results/scaling.md is written from all figures there are. About 25 minutes for 1 and 2 executors; the
# machine must be idle and have a core for each executor.
# usage: scripts/bench-scaling.sh [OPTION ...] [EXECUTORS ...]     (default: 1 2)
#   --seconds S     of a shard's work in a round (10)
#   --rounds N      measured in each turn (5), after those in which Spark's code is compiled
#   --turns N       (2)
#   --precision P   bfloat16 (the default) or float32
#   --delay N       rounds by which the shards' mean comes late, 0 (the default) or 1
#   --no-dl4j       leaves DL4J out
#   --quick         one turn of one short round, to see that everything runs; writes output/scaling-quick only
set -euo pipefail
cd "$(dirname "$0")/.."
command="scripts/bench-scaling.sh${*:+ $*}"
seconds=10 rounds=5 turns=2 precision=bfloat16 delay=0 dl4j=scripts/bench/dl4j executors=() quick=false window=2
while (($#)); do
  case $1 in
    --seconds) seconds=${2:?--seconds lacks a number}; shift ;;
    --rounds) rounds=${2:?--rounds lacks a number}; shift ;;
    --turns) turns=${2:?--turns lacks a number}; shift ;;
    --precision) precision=${2:?--precision lacks a name}; shift ;;
    --delay) delay=${2:?--delay lacks a number}; shift ;;
    --no-dl4j) dl4j= ;;
    --quick) quick=true seconds=1 rounds=1 turns=1 window=0.5 ;;
    -*) echo "bench-scaling: unknown option $1" >&2; exit 2 ;;
    *) executors+=("$1") ;;
  esac
  shift
done
((${#executors[@]})) || executors=(1 2)
shards=0
for count in "${executors[@]}"; do shards=$((count > shards ? count : shards)); done
. scripts/bench/engine.sh
mkdir -p output
figures=output/scaling-$shards.tsv
if $quick; then figures=output/scaling-quick; rm -f "$figures"; fi
[ -s "$figures" ] || about "$command" >"$figures"
grep -qF "	command=$command	" "$figures" || {
  echo "bench-scaling: $figures holds figures of $(sed -n '1s/.*\tcommand=\([^\t]*\).*/\1/p' "$figures"), not of $command; move it away" >&2
  exit 2
}
tokens=$((20 * 35))
# What a round does beside training takes the compiler some forty rounds; those are short at first, to save time.
warm_up=40

# minibatches RATE: how many take a shard so many seconds.
minibatches() { awk -v rate="$1" -v s="$seconds" -v t=$tokens 'BEGIN {n = int(s * rate / t + 0.5); print n < 1 ? 1 : n}'; }

# alone TURN: training without rounds, of one thread.
alone() {
  ! has "$figures" "cell=alone-$1" || return 0
  program TrainingStep M --precision "$precision" --windows 5 --seconds $window --warm-up $((2 * ${window%.*} + 1)) |
    sed "s/^step/step\tcell=alone-$1/" | tee -a "$figures"
}

# together EXECUTORS TURN: the job on so many executors.
together() {
  local name=together-$1-$2 growth
  ! has "$figures" "cell=$name" || return 0
  [ -f "$work/text.txt" ] || text "$work/text.txt" 10000 $((shards * 300000))
  growth=$(awk -v n="$every" -v rounds=$((warm_up - 1)) 'BEGIN {print 1.01 * n ^ (1 / rounds)}')
  begin "$name" "$1" $((1536 + 320 * (shards + $1 - 1) / $1)) "data.path=$work/text.txt" "data.prepared=$work/corpus" \
    network.units=650 "precision=$precision" train.batch=20 train.unroll=35 train.sync_every=1 "sync.growth=$growth" \
    "sync.maximum=$every" "sync.delay=$delay" "shards=$shards" "train.rounds=$((warm_up + rounds))"
  finish "$name"
  program engine.RunFigures together "$work/$name/events.jsonl" $warm_up "cell=$name" "executors=$1" "precision=$precision" \
    "sync_every=$every" | tee -a "$figures"
  rm -rf "${work:?}/$name"
}

# averaging EXECUTORS TURN: DL4J on so many executors.
averaging() {
  local name=dl4j-$1-$2
  [ -n "$dl4j" ] && ! has "$figures" "cell=$name" || return 0
  java "${opens[@]}" -Xmx3g -cp "$dl4j/target/classes:$SPARK_HOME/jars/*:$(cat $dl4j/target/classpath.txt)" \
    org.rondo.peers.Dl4jAveraging "$1" 3072 "$(minibatches 600)" $((rounds + 1)) 2>"$work/$name.log" >"$work/$name.out" ||
    { cat "$work/$name.log" >&2; exit 1; }
  sed "s/^dl4j/dl4j\tcell=$name/" "$work/$name.out" | tee -a "$figures"
}

if [ -n "$dl4j" ]; then
  mvn -q -B -f $dl4j/pom.xml compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt >&2 ||
    { echo "DL4J cannot be had here: left out" >&2; dl4j=; }
fi
for ((turn = 1; turn <= turns; turn++)); do
  alone $turn
  every=$(minibatches "$(sed -n 's/.*cell=alone-1\t.*\tmedian=\([0-9]*\).*/\1/p' "$figures")")
  for count in "${executors[@]}"; do together "$count" $turn; done
  for count in "${executors[@]}"; do averaging "$count" $turn; done
done
$quick || document
