#!/usr/bin/env bash
# The study of long memory: which networks learn to remember, and how far back gradients reach in them.
# usage: scripts/gradients.sh      (writes docs/results/gradients.md and gradients.svg; some minutes on two cores)
set -euo pipefail
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1
results=docs/results
mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/bench -am package dependency:build-classpath \
  -Dmdep.includeScope=compile -Dmdep.outputFile=target/classpath.txt >&2
start=$SECONDS
tables=$(java -Xmx1g --add-modules jdk.incubator.vector -XX:CompileCommand=quiet \
  '-XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*' \
  -cp "modules/bench/target/classes:$(cat modules/bench/target/classpath.txt)" \
  org.rondo.bench.memory.LongMemory $results/gradients.svg 2> >(grep -v 'incubator\|SLF4J' >&2))
cat >$results/gradients.md <<END
# Long memory: vanilla, GRU, LSTM

    scripts/gradients.sh

What the study is and what it shows: [docs/gradients.md](../gradients.md). Measured on $(date -u +%F), $(nproc) cores of
$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), in $((SECONDS - start)) seconds.

$tables

![norms of gradients k steps back](gradients.svg)
END
echo "written: $results/gradients.md" >&2
