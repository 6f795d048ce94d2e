#!/usr/bin/env bash
# Under ten minutes with Rondo: builds it, fetches some text (the Scala sources of Apache Spark), trains a character model on two
# embedded Spark executors, lets it write, and says where the report is.
set -euo pipefail
cd "$(dirname "$0")/.."
text=build/quickstart/text

echo "Building" >&2
mvn -q -B -DskipTests package

if [ ! -d "$text" ]; then
  echo "Fetching Spark's sources from Maven Central" >&2
  rm -rf build/quickstart
  mvn -q -B -f scripts/spark-home dependency:copy-dependencies -DincludeGroupIds=org.apache.spark \
    -DincludeArtifactIds=spark-core_2.12 -Dclassifier=sources -DexcludeTransitive=true -DoutputDirectory="$PWD/build/quickstart"
  mkdir -p "$text.part"
  (cd "$text.part" && jar xf ../spark-core_*-sources.jar)
  find "$text.part" -type f ! -name '*.scala' -delete
  mv "$text.part" "$text"
fi

scripts/rondo train conf/quickstart.conf --master 'local-cluster[2,1,2048]'
echo
echo "500 characters that it writes:" >&2
scripts/rondo generate conf/quickstart.conf
echo
echo "The report: output/quickstart/report.html" >&2
