#!/usr/bin/env bash
# Whole training steps of Rondo, PyTorch and DL4J side by side, in turns in one run, one thread each; then where a step's time
# goes. Writes docs/results/speed.md. About 15 minutes; the machine must be idle.
# usage: scripts/bench-peers.sh [--quick] [--output FILE] [CONFIG ...]      (default: S M C C128 M-gru M-vanilla)
#   --quick   windows of a fifth of a second, to see that everything runs; writes output/speed-quick.md
#   --output  writes there instead; the figures themselves lie beside it, as .tsv
# PYTHON names an interpreter that can import torch; without one, PyTorch is left out. bfloat16 is measured beside PyTorch where the
# processor multiplies it.
set -euo pipefail
cd "$(dirname "$0")/.."
command="PYTHON=python3-with-torch scripts/bench-peers.sh"
output= rounds=2 windows=3 seconds=1.2 warm_up=4
configurations=() quick=false
while (($#)); do
  case $1 in
    --quick) quick=true rounds=1 windows=2 seconds=0.2 warm_up=0.5 ;;
    --output) output=${2:?--output lacks a file}; shift ;;
    -*) echo "bench-peers: unknown option $1" >&2; exit 2 ;;
    *) configurations+=("$1"); command+=" $1" ;;
  esac
  shift
done
if [ -z "$output" ]; then output=docs/results/speed.md; if $quick; then output=output/speed-quick.md; fi; fi
((${#configurations[@]})) || configurations=(S M C C128 M-gru M-vanilla)
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 MALLOC_ARENA_MAX=1
. scripts/bench/rondo.sh
. scripts/bench/about.sh
mkdir -p output "$(dirname "$output")"
figures=output/$(basename "${output%.md}").tsv
times=(--windows "$windows" --seconds "$seconds" --warm-up "$warm_up")

dl4j=scripts/bench/dl4j
if ! mvn -q -B -f $dl4j/pom.xml compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt >&2; then
  echo "DL4J cannot be had here: left out" >&2; dl4j=
fi
has_torch=true
"$python" -c 'import torch' 2>/dev/null || { echo "no PyTorch in $python: left out" >&2; has_torch=false; }

step() { rondo org.rondo.bench.TrainingStep "$@" "${times[@]}"; }
pytorch() { if $has_torch; then "$python" scripts/bench/pytorch_step.py "$@" "${times[@]}"; fi; }
dl4j() {
  case $1 in *-*) return ;; esac # a GRU it has not
  [ -z "$dl4j" ] || java -Xmx2g -XX:+UseSerialGC -cp "$dl4j/target/classes:$(cat $dl4j/target/classpath.txt)" \
    org.rondo.peers.Dl4jStep "$1" "$windows" "$seconds" "$warm_up" 2> >(grep -v SLF4J >&2)
}

measure() {
  about "$command"
  for ((round = 0; round < rounds; round++)); do
    for config in "${configurations[@]}"; do
      for precision in $(precisions); do
        step "$config" --precision $precision
        pytorch "$config" --precision $precision
        if [ "$config" = M ]; then
          step M --precision $precision --mode inference
          pytorch M --precision $precision --mode inference
        fi
      done
      dl4j "$config"
      step "$config" --precision bfloat16 --tasks 2
    done
  done
  for config in "${configurations[@]}"; do
    for precision in $(precisions); do
      rondo org.rondo.bench.StepProfile --lines "$config" --precision $precision "${times[@]}" --seconds "$(awk "BEGIN {print $seconds / 2}")"
    done
  done
}

measure | tee "$figures"
rondo org.rondo.bench.SpeedReport "$figures" > "$output"
echo "written: $output" >&2
