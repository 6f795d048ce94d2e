#!/usr/bin/env bash
# A Spark standalone cluster of this machine: scripts/standalone-cluster.sh start|stop|status
#
# A master and WORKERS workers (2), each with CORES cores (its share of the machine's) and MEMORY for executors (2g), on the
# loopback; PORT (7077) is the master's. Fetches Spark from Maven and builds Rondo if they are not there yet. Logs and process
# ids are in build/standalone-cluster.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
folder=$root/build/standalone-cluster
workers=${WORKERS:-2}
cores=${CORES:-$(($(getconf _NPROCESSORS_ONLN) / workers))}
[ "$cores" -ge 1 ] || cores=1
url=spark://127.0.0.1:${PORT:-7077}
export SPARK_LOCAL_IP=127.0.0.1

# A process id may have become somebody else's.
running() { [ -f "$1" ] && ps -o args= -p "$(cat "$1")" 2>/dev/null | grep -q org.apache.spark.deploy; }

# launch NAME CLASS ARGUMENT...: lives on when this script and its terminal end.
launch() {
  local name=$1
  shift
  : >"$folder/$name.log" # here already: what await reads must not be an earlier start's
  (run_spark_daemon "$@" >>"$folder/$name.log" 2>&1 </dev/null) &
  echo $! >"$folder/$name.pid"
  disown
}

# await NAME TEXT: until its log says so.
await() {
  for _ in {1..240}; do
    if grep -qs "$2" "$folder/$1.log"; then return; fi
    if ! kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null; then break; fi
    sleep 0.25
  done
  tail -n 5 "$folder/$1.log" >&2
  stop
  fail "$1 did not start; $folder/$1.log says why (a port that is taken: choose another one by PORT)"
}

start() {
  ! running "$folder/master.pid" || fail "it runs already: $url"
  need_jar
  use_own_spark
  mkdir -p "$folder"
  launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "${PORT:-7077}" --webui-port "${UI_PORT:-8080}"
  await master "Starting Spark master at $url"
  for ((i = 1; i <= workers; i++)); do
    launch "worker-$i" org.apache.spark.deploy.worker.Worker "$url" --host 127.0.0.1 --cores "$cores" \
      --memory "${MEMORY:-2g}" --webui-port 0 --work-dir "$folder/work"
  done
  for ((i = 1; i <= workers; i++)); do await "worker-$i" "Successfully registered with master"; done
  echo "$url: $workers workers, each of $([ "$cores" -eq 1 ] && echo 1 core || echo "$cores cores") and ${MEMORY:-2g}; a first job:"
  echo "  scripts/rondo-submit --master $url train conf/first-job.conf"
}

stop() {
  local file
  for file in "$folder"/*.pid; do
    if running "$file"; then kill "$(cat "$file")"; fi
  done
  for file in "$folder"/*.pid; do
    for _ in {1..40}; do running "$file" || break; sleep 0.25; done
    if running "$file"; then kill -9 "$(cat "$file")"; fi
    rm -f "$file"
  done
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  status)
    running "$folder/master.pid" || echo "no cluster runs"
    for file in "$folder"/*.pid; do
      [ -f "$file" ] || continue # the pattern itself, where no cluster was ever started
      name=$(basename "$file" .pid)
      if running "$file"; then echo "$name runs"; else echo "$name does not run"; fi
    done
    ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
