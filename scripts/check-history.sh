#!/usr/bin/env bash
# A small job with Spark's event log on, then Spark's own history server over that log, with Rondo's jar on its class path
# (started and stopped here, on loopback): its Training tab must show the finished run.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
port=${PORT:-18480}
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

mkdir "$work/log"
scripts/rondo train conf/char-lm.conf --set data.path=README.md --set output="$work/run" --set train.rounds=6 \
  --set train.sync_every=5 --set train.batch=4 --set train.unroll=16 --set network.units=48 --set evaluate.every=3 \
  --set spark.eventLog.enabled=true --set spark.eventLog.dir="file://$work/log" >/dev/null

jars=(modules/cli/target/rondo-[0-9]*.jar)
SPARK_LOCAL_IP=127.0.0.1 java -Xmx512m -Dspark.history.fs.logDirectory="file://$work/log" -Dspark.history.ui.port="$port" \
  -cp "${jars[0]}:build/spark-home/jars/*" org.apache.spark.deploy.history.HistoryServer >"$work/server.log" 2>&1 &
server=$!

application=$(basename "$work"/log/*)
page=http://127.0.0.1:$port/history/$application/training/
for _ in $(seq 60); do
  sleep 1
  if curl -sfL "$page" -o "$work/page.html"; then
    for expected in '6 of 6' 'Finished' 'Shards in round 6' 'network.cell'; do
      grep -q "$expected" "$work/page.html" || { echo "the tab lacks '$expected': $page" >&2; exit 1; }
    done
    echo "the history server shows the Training tab of $application"
    exit 0
  fi
done
cat "$work/server.log" >&2
echo "the history server did not show $page within a minute" >&2
exit 1
