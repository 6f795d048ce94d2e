#!/usr/bin/env bash
# docs/java.md as a user of it goes: `mvn install` here, a project of one's own with the page's dependencies and program,
# built by Maven, and submitted by the line of docs/deployment.md with Rondo's jar beside it. A few minutes.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quietly mvn -B -f "$root/pom.xml" -DskipTests install
need_jar
use_own_spark
export SPARK_LOCAL_IP=127.0.0.1

mkdir -p "$work/src/main/java/org/example"
# The first Java block of the section, and its first XML block.
section() { sed -n "/^\`\`\`$1/,/^\`\`\`\$/p" docs/java.md | sed "/^\`\`\`$1/d; /^\`\`\`\$/q" | sed '$d'; }
section java >"$work/src/main/java/org/example/MyTraining.java"
cat >"$work/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>my-training</artifactId><version>1</version>
  <properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target></properties>
  <dependencies>
$(section xml)
  </dependencies>
</project>
END
quietly mvn -B -f "$work/pom.xml" package

for i in {1..2000}; do echo "The line $i of the theme comes $((i * 7919 % 1000)) times."; done >"$work/novel.txt"
flags=${vector[*]}
"$SPARK_HOME/bin/spark-submit" --master 'local[2]' --driver-memory 1g --conf "spark.driver.extraJavaOptions=$flags ${opens[*]}" \
  --class org.example.MyTraining --jars "$jar" "$work/target/my-training-1.jar" "$work/novel.txt" "$work/run" \
  >"$work/out" 2>"$work/err" || { tail -n 50 "$work/err" >&2; fail "the page's program failed"; }
grep '^perplexity ' "$work/out"
[ -d "$work/run/run/checkpoints" ] || fail "the page's program left no checkpoint"
echo "the page's program: built against the installed modules, submitted, trained and wrote $(grep -vc '^perplexity' "$work/out") lines"
