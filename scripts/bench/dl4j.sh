# Sourced by what measures beside Deeplearning4j: builds modules/interop, with what DL4J needs as $dl4j, a part of a class path that
# lacks Spark. BUILT=1 takes what is built already.
[ -n "${BUILT:-}" ] || mvn -q -B -DskipTests -Dspotless.check.skip -pl modules/interop -am package dependency:copy-dependencies \
  -DincludeScope=runtime -DexcludeGroupIds=org.rondo -DoutputDirectory=target/jars >&2
dl4j=$PWD/modules/interop/target/jars/*
