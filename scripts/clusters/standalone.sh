#!/usr/bin/env bash
# The same small job by scripts/rondo on threads of one process, and on Spark standalone clusters of this machine (a master
# and two workers on loopback, started and stopped here) by scripts/rondo-submit, by the line of spark-submit that it prints,
# and by a line of spark-submit without it: in client mode, in cluster mode, with a worker killed while it trains, and on a
# cluster with authentication and encryption on. All must end with the same parameters, bit for bit. KEEP=1 keeps logs and
# outputs.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$root/scripts/clusters/spark-standalone.sh"
use_own_spark

start_cluster() {
  start_master "$@"
  start_worker 1 2
  start_worker 2 2
}

# Two executors of one core each.
size=(--driver-memory 700m --executor-memory 700m --executor-cores 1 --total-executor-cores 2)

# submit OUTPUT MODE [OPTION...] -- [RONDO OPTION...]: by spark-submit alone.
submit() {
  local output=$1 mode=$2
  shift 2
  local options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  "$SPARK_HOME/bin/spark-submit" --master "$master" --deploy-mode "$mode" --class org.rondo.cli.Main "${size[@]}" \
    --conf "spark.driver.extraJavaOptions=$driver_flags" "${properties[@]}" "${options[@]}" \
    "$jar" train "$conf" --set "data.path=file://$text" --set "output=file://$work/$output" "$@" >"$work/$output.log" 2>&1
}

# rondo_submit OUTPUT MODE [--dry-run]
rondo_submit() {
  scripts/rondo-submit "${@:3}" --master "$master" --deploy-mode "$2" "${size[@]}" \
    train "$conf" --set "data.path=file://$text" --set "output=file://$work/$1"
}

# by_rondo OUTPUT MODE: by scripts/rondo-submit.
by_rondo() { rondo_submit "$@" >"$work/$1.log" 2>&1; }

# by_line OUTPUT MODE: by the line that scripts/rondo-submit prints.
by_line() { (eval "$(rondo_submit "$@" --dry-run)") >"$work/$1.log" 2>&1; }

# client HOW OUTPUT [OPTION...]
client() {
  "$1" "$2" client "${@:3}" || { tail -n 50 "$work/$2.log" >&2; fail "$2: spark-submit failed"; }
}

# The exit status of a submission in cluster mode is 0 whatever becomes of the driver, so its state is read.
in_cluster() {
  "$1" "$2" cluster "${@:3}" || true
  grep -q 'State of driver .* is FINISHED' "$work/$2.log" && return
  tail -n 50 "$work/$2.log" "$work/$cluster"-work-*/driver-*/stderr >&2 || true
  fail "$2: the driver did not finish"
}

quiet_run

start_cluster open
wait_for_end=(--conf spark.standalone.submit.waitAppCompletion=true)
client by_rondo rondo-client
report "rondo-submit, client mode" "$(sha_in "$work/rondo-client")"
in_cluster by_rondo rondo-cluster
report "rondo-submit, cluster mode" "$(sha_in "$work/rondo-cluster")"
client by_line line-client
report "the line that it prints, client mode" "$(sha_in "$work/line-client")"
in_cluster by_line line-cluster
report "the line that it prints, cluster mode" "$(sha_in "$work/line-cluster")"
client submit client --
report "spark-submit, client mode" "$(sha_in "$work/client")"
in_cluster submit cluster "${wait_for_end[@]}" --
report "spark-submit, cluster mode" "$(sha_in "$work/cluster")"

# A machine is lost: the worker and the executors on it.
submit lost client -- &
job=$!
# Its driver is a child of that background shell, and ends with the script, too.
trap 'pkill -P "$job" || true; stop_all' EXIT
under_way() { [ "$(rounds_in "$work/lost")" -ge 5 ]; }
wait_for 120 "round 5 of the run that loses a worker" under_way
# shellcheck disable=SC2046 # a list of process ids
kill -9 "${workers[1]}" $(pgrep -P "${workers[1]}")
[ -z "$(sha_in "$work/lost")" ] || fail "the run had ended when its worker was killed"
start_worker 1 2
wait "$job" || { tail -n 50 "$work/lost.log" >&2; fail "the run did not survive the loss of a worker"; }
trap stop_all EXIT
report "standalone, a worker and its executor killed" "$(sha_in "$work/lost")"

# In a file, since others read the command lines of processes.
secure=$work/secure.conf
(
  umask 077
  cat >"$secure" <<END
spark.authenticate true
spark.authenticate.secret $(head -c 32 /dev/urandom | base64)
spark.network.crypto.enabled true
spark.network.crypto.saslFallback false
spark.io.encryption.enabled true
END
  sed 's/^spark.authenticate.secret.*/spark.authenticate.secret another/' "$secure" >"$work/stranger.conf"
)
start_cluster secure "$secure"
client submit secure-client --
report "the same with authentication and encryption, client mode" "$(sha_in "$work/secure-client")"
in_cluster submit secure-cluster "${wait_for_end[@]}" --
report "the same with authentication and encryption, cluster mode" "$(sha_in "$work/secure-cluster")"
properties=(--properties-file "$work/stranger.conf")
! submit stranger client -- || fail "the secure cluster let in who has another secret"
echo "another secret: refused"
