# Sourced by scripts/bench-*: `about COMMAND` prints a line of figures that says what was run, when and on which machine.
about() {
  printf 'about\tcommand=%s\tdate=%s\tprocessor=%s\tcores=%s\tmemory=%s\tjava=%s\n' "$1" "$(date +%F)" \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(getconf _NPROCESSORS_ONLN)" \
    "$(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)" "$(java -version 2>&1 | sed -n '2p')"
}
