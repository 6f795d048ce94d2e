# Sourced by scripts/bench-rounds.sh, bench-scaling.sh and bench-growth.sh: builds the rondo command and the programs of
# modules/bench, makes a folder $work of its own, and defines what they share. Stops everything it started when it ends.
# BUILT=1 takes what is built already.
. scripts/launch.sh
export SPARK_LOCAL_IP=127.0.0.1 SPARK_HOME=$PWD/build/spark-home
if [ -z "${BUILT:-}" ]; then
  mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/cli,modules/bench -am package >&2
  scripts/rondo --version >&2 # fetches Spark's jars where there are none
fi
. scripts/bench/about.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/rondo-bench.XXXXXX")
driver=
stop() {
  [ -z "$driver" ] || kill "$driver" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

class_path=$(printf '%s:' "$PWD"/modules/{bench,charts}/target/classes "$PWD"/modules/cli/target/rondo-[0-9]*.jar)$SPARK_HOME/jars/*

# program NAME [ARGUMENT ...]: a program of modules/bench, with the flags of rondo's own processes.
program() {
  local name=$1
  shift
  java -XX:+UseSerialGC -Xmx512m -XX:MaxDirectMemorySize=8g "${vector[@]}" -cp "$class_path" "org.rondo.bench.$name" "$@" \
    2> >(grep -v 'incubator\|SLF4J' >&2)
}

# text FILE VOCABULARY TOKENS: random words, each of the vocabulary at least once, 50 a line; the same in every run.
text() {
  awk -v words=$(($2 - 2)) -v tokens="$3" 'BEGIN {
    state = 1
    for (i = 0; i < tokens; i++) {
      state = (state * 69069 + 12345) % 4294967296
      printf "w%d%s", i < words ? i : int(state / 4294967296 * words), i % 50 == 49 ? "\n" : " "
    }
  }' >"$1"
}

# begin NAME EXECUTORS MEMORY [KEY=VALUE ...]: `rondo train` in the background, with so many embedded executors of one core
# and so many MB each. Its process is $driver, its record will lie in $work/NAME/events.jsonl.
begin() {
  local name=$1 executors=$2 memory=$3 settings=()
  shift 3
  for setting; do settings+=(--set "$setting"); done
  RONDO_CLASS_PATH=$PWD/modules/bench/target/classes RONDO_JAVA_OPTS="-Xmx${HEAP:-4g}" scripts/rondo train \
    scripts/bench/engine.conf --master "local-cluster[$executors,1,$memory]" --set "spark.executor.memory=${memory}m" \
    --set "spark.local.dir=$work/spark" --set "output=$work/$name" "${settings[@]}" >"$work/$name.json" 2>"$work/$name.log" &
  driver=$!
}

# finish NAME: waits for what `begin` began.
finish() {
  wait "$driver" || { cat "$work/$1.log" >&2; exit 1; }
  driver=
}

# has FIGURES KEY=VALUE: whether a line of figures with that pair is there.
has() { grep -q "	$2	" "$1"; }

# document: writes docs/results/scaling.md and its picture from all figures there are.
document() {
  local files=()
  for file in output/scaling*.tsv output/rounds.tsv output/growth.tsv; do [ ! -s "$file" ] || files+=("$file"); done
  program engine.EngineReport docs/results/scaling.svg "${files[@]}" >"$work/scaling.md"
  mv "$work/scaling.md" docs/results/scaling.md
  echo "written: docs/results/scaling.md" >&2
}
