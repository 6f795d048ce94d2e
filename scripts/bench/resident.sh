# Sourced by what measures the memory of other processes.

# Executors of Spark, by their command line; the brackets keep a search from finding itself.
executors_of_spark='[C]oarseGrainedExecutorBackend'

# raise_to_resident NAME PATTERN [OPTION OF PGREP...]: that variable, to the most MB that a process of that command line has held, of
# those that live.
raise_to_resident() {
  local -n greatest=$1
  local held
  for held in $(pgrep -f "${@:2}" | xargs -r -I{} awk '/VmHWM/ { print int($2 / 1024) }' /proc/{}/status 2>/dev/null); do
    ((held <= greatest)) || greatest=$held
  done
}
