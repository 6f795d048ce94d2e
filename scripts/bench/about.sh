# Sourced by scripts/bench-*: `about COMMAND` prints a line of figures that says what was run, when and on which machine.
about() {
  printf 'about\tcommand=%s\tdate=%s\tprocessor=%s\tcores=%s\tmemory=%s\tjava=%s\n' "$1" "$(date +%F)" \
    "$(processor)" "$(getconf _NPROCESSORS_ONLN)" \
    "$(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)" "$(java -version 2>&1 | sed -n '2p')"
}
# The precisions that the processor multiplies. Elsewhere bfloat16 is computed by way of float32, and PyTorch's LSTM in it ends with an
# error for full minibatches.
precisions() { if grep -qE 'avx512_bf16|amx_bf16' /proc/cpuinfo; then echo float32 bfloat16; else echo float32; fi; }
# The name alone does not tell generations apart where a hypervisor gives all of them one.
processor() {
  awk -F ': ' '/^cpu family/ {family = $2} /^model\t/ {model = $2} /^model name/ {name = $2}
    END {print name (family == "" ? "" : " (family " family ", model " model ")")}' /proc/cpuinfo
}
