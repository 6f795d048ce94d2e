# Sourced by scripts/bench-* and gradients.sh: builds the programs of modules/bench and defines `rondo`, which runs one of them.
# The heap is small and the collector serial, so that resident memory is what training needs.
mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/bench -am package dependency:build-classpath \
  -Dmdep.includeScope=runtime -Dmdep.outputFile=target/classpath.txt >&2
class_path="modules/bench/target/classes:$(cat modules/bench/target/classpath.txt)"
rondo() {
  java -XX:+UseSerialGC -Xmx"${HEAP:-64m}" -XX:MaxDirectMemorySize=8g --add-modules jdk.incubator.vector -XX:CompileCommand=quiet \
    '-XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*' -cp "$class_path" "$@" \
    2> >(grep -v 'incubator\|SLF4J' >&2)
}
