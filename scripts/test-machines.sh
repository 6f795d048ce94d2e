#!/usr/bin/env bash
usage() {
  cat <<'HELP'
usage: scripts/test-machines.sh [MAVEN OPTION ...]      such as -pl modules/models -am

Runs the tests as on machines that lack something of this one:
  without-avx512          vectors of 256 bits, no bfloat16 products (ONEDNN_MAX_CPU_ISA=AVX2, -XX:UseAVX=2)
  plain-java              neither jdk.incubator.vector nor oneDNN: everything in plain Java
  on-nd4j                 no oneDNN, and ND4J in its place: without the kernels' own tests
All tests of all modules, unless options say otherwise. Prints a line per machine at the end; what was skipped there
and why is in modules/*/target/surefire-reports while it is the latest. Logs: build/test-machines.
HELP
}
case ${1:-} in -h | --help) usage; exit ;; esac
set -euo pipefail
cd "$(dirname "$0")/.."
logs=build/test-machines
mkdir -p "$logs"

# The counts that Maven prints after each module's tests, added up.
counts() {
  sed -n 's/.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)[^0-9]*$/\1 \2 \3 \4/p' "$1" |
    awk '{ run += $1; bad += $2 + $3; skipped += $4 } END { printf "%d tests, %d failed, %d skipped", run, bad, skipped }'
}

summary=()
failures=0
machine() {
  local name=$1 profiles=$2 fate=passed
  shift 2
  echo "== $name"
  mvn --batch-mode --no-transfer-progress -Dstyle.color=never --fail-at-end "-Pspark3,$profiles" test "$@" | tee "$logs/$name.log" || fate=FAILED
  [ $fate = passed ] || failures=$((failures + 1))
  summary+=("$(printf '%-22s %s: %s' "$name" $fate "$(counts "$logs/$name.log")")")
}

machine without-avx512 without-avx512 "$@"
machine plain-java without-vector-module,without-onednn "$@"
# Kernels alone do not know of each other: without oneDNN they were on plain-java, and ND4J's run on every machine.
machine on-nd4j without-onednn,with-nd4j '-Dtest=!org.rondo.kernels.**' -Dsurefire.failIfNoSpecifiedTests=false "$@"

printf '%s\n' "${summary[@]}"
[ $failures = 0 ]
