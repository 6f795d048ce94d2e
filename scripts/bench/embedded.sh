# Sourced, behind launch.sh, by what measures a command on embedded executors. Sets $work, a folder that goes when the script ends, as the
# command of $process does that is still running.
. "$root/scripts/bench/resident.sh"
work=$(mktemp -d)
process=
trap '[ -z "$process" ] || kill "$process" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# await OUTPUT LOG: the end of $process, a command with the setting output=OUTPUT. Sets $driver and $executor to the most MB that
# either has held resident.
await() {
  driver=0 executor=0
  while kill -0 "$process" 2>/dev/null; do
    raise_to_resident driver "[o]utput=$1"
    raise_to_resident executor "$executors_of_spark" -P "$process"
    sleep 1
  done
  wait "$process" || { tail -n 20 "$2" >&2; exit 1; }
  process=
}
