#!/usr/bin/env bash
# How long it takes from a clone of this repository's last commit to a first text that a model wrote, and to a first job on a
# standalone cluster, by the commands of docs/deployment.md and each in a clone of its own. Both jobs must end with the same
# parameters, bit for bit. Maven's local repository stays as it is. PORT (7077) and UI_PORT (8080) are the cluster's.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
port=${PORT:-7077}

finish() {
  [ ! -d "$work/cluster" ] || "$work/cluster/scripts/standalone-cluster.sh" stop
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# in_clone NAME: the clock starts here.
in_clone() {
  SECONDS=0
  git clone -q "$root" "$work/$1"
  cd "$work/$1"
}

# step WHAT COMMAND...: a row of the table.
step() {
  local what=$1 before=$SECONDS
  shift
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; exit 1; }
  echo "| $what | $((SECONDS - before)) | $SECONDS |"
}
sha() { sed -n 's/.*"parameters_sha256":"\([0-9a-f]*\)".*/\1/p' "$work/out"; }

echo "| command | seconds | seconds since the clone |"
echo "|---|---|---|"
in_clone laptop
step "\`scripts/rondo train conf/first-job.conf\`, with build and fetching Spark" scripts/rondo train conf/first-job.conf
here=$(sha)
step "\`scripts/rondo generate conf/first-job.conf\`: the first text" scripts/rondo generate conf/first-job.conf
in_clone cluster
step "\`scripts/standalone-cluster.sh start\`, with build and fetching Spark" scripts/standalone-cluster.sh start
step "\`scripts/rondo-submit --master spark://127.0.0.1:$port train conf/first-job.conf\`: the first job" \
  scripts/rondo-submit --master "spark://127.0.0.1:$port" train conf/first-job.conf
there=$(sha)
echo
echo "parameters_sha256 here $here, on the cluster $there"
[ -n "$here" ] && [ "$here" = "$there" ] || { echo "the parameters differ" >&2; exit 1; }
