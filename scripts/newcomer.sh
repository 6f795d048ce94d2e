#!/usr/bin/env bash
# How long a newcomer takes from a clone of this repository's last commit: to the build, to the first prediction of each quick start, to
# a job on a standalone cluster and to a notebook's first paragraphs. Prints a table for docs/results/newcomer.md.
# usage: scripts/newcomer.sh [--empty] [STEP ...]      by default all: build, the tasks of scripts/quickstart.sh, cluster, note
#   --empty   Maven begins with an empty local repository, so that downloads count too
# PORT (7077) and UI_PORT (8080) are the cluster's.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)

finish() {
  [ ! -d "$work/rondo/build/standalone-cluster" ] || "$work/rondo/scripts/standalone-cluster.sh" stop
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ "${1:-}" = --empty ]; then
  shift
  export MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.repo.local=$work/repository"
fi
tasks="language-model classification tagging translation speech forecasting anomaly regression"
# shellcheck disable=SC2086 # a word each
[ $# -gt 0 ] || set -- build $tasks cluster note

# step WHAT COMMAND...: a row of the table.
step() {
  local what=$1 before=$SECONDS
  shift
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; exit 1; }
  echo "| $what | $((SECONDS - before)) | $SECONDS |"
}

cluster_job() {
  scripts/standalone-cluster.sh start
  scripts/rondo-submit --master "spark://127.0.0.1:${PORT:-7077}" train conf/first-job.conf
}

SECONDS=0
git clone -q "$root" "$work/rondo"
cd "$work/rondo"
echo "| step | seconds | seconds since the clone |"
echo "|---|---|---|"
for name in "$@"; do
  case $name in
    build) step "\`mvn -q -B -DskipTests package\`" mvn -q -B -DskipTests package ;;
    cluster) step "a standalone cluster, and \`rondo-submit train conf/first-job.conf\` on it" cluster_job ;;
    note) step "the first note in \`spark-shell\`" scripts/check-notebooks.sh 'local[2]' notebooks/1-first-steps.zpln ;;
    *)
      [[ " $tasks " == *" $name "* ]] || { echo "newcomer: $name is no step" >&2; exit 2; }
      step "\`scripts/quickstart.sh $name\`: trained, and a first prediction" scripts/quickstart.sh "$name"
      ;;
  esac
done
