# What the checks on clusters share; sourced by them. Makes a folder of its own for a check ($work), and at the end of the
# check, however it ends, stops every process that was started through `daemon` and deletes the folder.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../launch.sh"
cd "$root"
work=$(mktemp -d)
daemons=()

# A process that ended may have left its id to somebody else's.
is_ours() { [ "$(ps -o ppid= -p "$1" 2>/dev/null | tr -d ' ')" = $$ ]; }

# shellcheck disable=SC2317 # called by the trap
stop_all() {
  local process
  for process in "${daemons[@]}"; do
    if is_ours "$process"; then kill "$process"; fi
  done
  for process in "${daemons[@]}"; do
    for _ in {1..20}; do is_ours "$process" || break; sleep 0.5; done
    if is_ours "$process"; then kill -9 "$process"; fi
  done
  if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap stop_all EXIT
trap 'exit 130' INT TERM

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# daemon LOG COMMAND...: starts it in the background, its id in $started.
daemon() {
  local log=$1
  shift
  "$@" >>"$log" 2>&1 </dev/null &
  started=$!
  daemons+=("$started")
  disown "$started" # the shell would tell of one that is killed
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
  local seconds=$1 what=$2
  shift 2
  for ((i = 0; i < seconds * 4; i++)); do
    "$@" && return
    sleep 0.25
  done
  fail "$what: not within $seconds s"
}

# The driver's; executors get theirs from Rondo.
driver_flags="${vector[*]} ${opens[*]}"
export SPARK_LOCAL_IP=127.0.0.1

# The same text for every run of a check, whatever becomes of the original meanwhile.
text=$work/text.md
cp README.md "$text"
conf=$root/scripts/clusters/job.conf

# SHA-256 of the parameters that a run ended with, from the record in its output folder; empty before its end.
sha_in() { sed -n 's/.*"event":"result".*"parameters_sha256":"\([0-9a-f]*\)".*/\1/p' "$1/events.jsonl" 2>/dev/null | tail -1; }

# Rounds that the run in an output folder has done.
rounds_in() { cat "$1/events.jsonl" 2>/dev/null | grep -c '"event":"round_finished"' || true; }

# make_faults: the listener and the plugin of scripts/soak as the jar $faults.
make_faults() {
  faults=$work/faults.jar
  mkdir "$work/classes"
  "${java}c" -cp "$SPARK_HOME/jars/*" -d "$work/classes" scripts/soak/*.java
  "${java%java}jar" cf "$faults" -C "$work/classes" .
}

# The run that all others are compared with, on two threads of one process; its SHA-256 in $quiet.
quiet_run() {
  scripts/rondo train "$conf" --set "data.path=file://$text" --set "output=$work/quiet" "$@" --master 'local[2]' \
    >"$work/quiet.log" 2>&1 || { cat "$work/quiet.log" >&2; fail "the quiet run failed"; }
  quiet=$(sha_in "$work/quiet")
  [ -n "$quiet" ] || fail "the quiet run left no result"
  report "local[2], one process" "$quiet"
}

# report WHAT SHA: a line of the table; the check fails where the SHA is not that of the quiet run.
report() {
  printf '%-58s %.16s %s\n' "$1" "${2:-none}" "$([ "${2:-}" = "$quiet" ] && echo equal || echo DIFFERENT)"
  [ "${2:-}" = "$quiet" ] || fail "$1: the bits differ from those of the quiet run"
}

# make_rows: labelled texts, tagged sentences and recordings in FORMAT-N of $rows/texts, $rows/sentences and $rows/sounds, N files each.
make_rows() {
  rows=$work/rows
  "$java" "${opens[@]}" -Xmx1g -cp "$SPARK_HOME/jars/*" scripts/rows/RowFiles.java "$rows" >"$work/rows.log" 2>&1 ||
    { cat "$work/rows.log" >&2; fail "no rows were written"; }
}

# ways_heading NAME, then for each way same_bits GROUP WAY SHA SECONDS, then ways_end: a table of ways that are to end with the
# same bits, those of the first of their group.
declare -A first_sha
different=0 ways=0
ways_heading() {
  echo "| $1 | way | SHA-256 | minutes |"
  echo "|---|---|---|---|"
}
same_bits() {
  local mark=""
  : "${first_sha[$1]:=$3}"
  [ "$3" = "${first_sha[$1]}" ] || mark=" DIFFERENT" different=$((different + 1))
  ways=$((ways + 1))
  printf '| %s | %s | %.16s | %d.%d |%s\n' "$1" "$2" "$3" $(($4 / 60)) $(($4 % 60 / 6)) "$mark"
}
ways_end() { [ "$different" -eq 0 ] || { KEEP=1; fail "$different of $ways ways ended with other bits"; }; }

# second_run WHAT COMMAND...: while the command trains into its output, the same command again must be refused with the owner's
# name; once the first one is killed, its output can be had.
second_run() {
  local what=$1 status=0
  shift
  daemon "$work/owner.log" "$@" --set train.rounds=100000
  local owner=$started
  wait_for 180 "round 1 of the run that owns the output" grep -q '^round [1-9]' "$work/owner.log"
  "$@" --set train.rounds=2 >"$work/second.log" 2>&1 || status=$?
  { [ "$status" = 2 ] && grep -q 'belongs to a run that is still going on' "$work/second.log"; } ||
    { cat "$work/second.log" >&2; fail "$what: a second run ended with $status, not with a refusal"; }
  # shellcheck disable=SC2046 # a list of process ids
  kill -9 $(pgrep -P "$owner") "$owner"
  "$@" --set train.rounds=2 >"$work/third.log" 2>&1 || { cat "$work/third.log" >&2; fail "$what: the killed run's output is lost"; }
  printf '%-58s %s\n' "$what: a second run" "refused; after kill -9 of the first, it runs"
}

# The jar that is submitted.
need_jar

# fetch FOLDER POM [OPTION...]: the dependencies of a Maven project as FOLDER/jars, once.
fetch() {
  [ ! -d "$1/jars" ] || return 0
  echo "fetching $1 from Maven, once" >&2
  rm -rf "$1.part"
  mvn -q -B -f "$2" "${@:3}" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$1.part/jars" >&2
  mv "$1.part" "$1"
}
