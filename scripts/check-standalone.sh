#!/usr/bin/env bash
# The same small job on threads of one process and on a Spark standalone cluster of this machine (a master and two workers of
# one core each, on loopback, started and stopped here): the parameters must have the same SHA-256.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
port=${PORT:-17077}
processes=()
stop() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

job() {
  scripts/rondo train conf/char-lm.conf --set data.path=README.md --set output="$work/$1" --set train.rounds=6 \
    --set train.sync_every=5 --set train.batch=4 --set train.unroll=16 --set network.units=48 --set evaluate.every=3 \
    --master "$2" 2>"$work/$1.log" || { cat "$work/$1.log" >&2; exit 1; }
}
sha() { sed 's/.*"parameters_sha256":"\([0-9a-f]*\)".*/\1/'; }

alone=$(job alone 'local[2]' | sha)

export SPARK_HOME=$root/build/spark-home SPARK_SCALA_VERSION=2.12 SPARK_LOCAL_IP=127.0.0.1
daemon() {
  java -Xmx512m -cp "$SPARK_HOME/jars/*" "$@" >>"$work/daemons.log" 2>&1 &
  processes+=($!)
}
daemon org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
sleep 5
for number in 1 2; do
  daemon org.apache.spark.deploy.worker.Worker "spark://127.0.0.1:$port" --host 127.0.0.1 --cores 1 --memory 1500m \
    --webui-port 0 --work-dir "$work/worker-$number"
done
cluster=$(job cluster "spark://127.0.0.1:$port" | sha)

echo "threads of one process: $alone"
echo "standalone cluster:     $cluster"
[ "$alone" = "$cluster" ] || { echo "the bits differ" >&2; exit 1; }
