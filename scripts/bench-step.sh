#!/usr/bin/env bash
# Tokens per second of the whole training step, one thread, float32: Rondo beside PyTorch, in turns in one run.
# usage: scripts/bench-step.sh [CONFIG ...]      (default: S M C C128)
# PYTHON names an interpreter that can import torch; without one only Rondo is measured.
# Prints a line per run: tokens/s (median, min, max), peak MB and, of Rondo, heap bytes per step.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
cd "$root"
mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/bench -am package dependency:build-classpath \
  -Dmdep.includeScope=compile -Dmdep.outputFile=target/classpath.txt >&2
class_path="modules/bench/target/classes:$(cat modules/bench/target/classpath.txt)"
has_torch=false
if "$python" -c 'import torch' 2>/dev/null; then has_torch=true; else echo "no PyTorch in $python: Rondo alone" >&2; fi
for config in "${@:-S M C C128}"; do
  for one in $config; do
    java -Xmx1g -XX:MaxDirectMemorySize=4g --add-modules jdk.incubator.vector -XX:CompileCommand=quiet \
      '-XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*' -cp "$class_path" \
      org.rondo.bench.TrainingStep "$one" 2> >(grep -v 'incubator\|SLF4J' >&2)
    if $has_torch; then "$python" scripts/bench/pytorch_step.py "$one"; fi
  done
done
