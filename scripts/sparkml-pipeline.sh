#!/usr/bin/env bash
# A pipeline as a user of Spark ML writes it: scripts/sparkml-pipeline.sh IMDB | --quick
#
# On 5,000 reviews of the folder IMDB (imdb.train.tsv.bz2 and imdb.test.tsv.bz2; by --quick on 300 short texts that are made)
# CrossValidator chooses hiddenSize and learningRate of RnnClassifier in a Pipeline behind Spark's RegexTokenizer and
# SQLTransformer, by MulticlassClassificationEvaluator on three folds: once in Java, once in Spark's shell in Scala. Each model
# is saved, and loaded in a JVM of its own to predict 1,000 other reviews (60 texts). Prints the accuracies, and ends with an
# error unless both models give the same bits and the plan of transform exchanges no rows. Twelve fits and one more in each
# language: about 15 minutes on two cores, a few by --quick.
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
usage="scripts/sparkml-pipeline.sh IMDB | --quick"
if [ "${1:?$usage}" = --quick ]; then
  source=made count=300
else
  source=$(realpath "$1") count=5000
  [ -f "$source/imdb.train.tsv.bz2" ] || fail "$source holds no imdb.train.tsv.bz2; usage: $usage"
fi
reviews=$work/reviews
program ReviewRows "$source" "$count" "$reviews"

# timed NAME COMMAND...: the seconds of it in $seconds.
timed() {
  local start=$SECONDS
  "$@"
  seconds=$((SECONDS - start))
}

# in_scala MODEL: as program does it, through Spark's shell.
in_scala() {
  local home=$SPARK_HOME
  use_own_spark spark-shell -Pshell
  REVIEWS=$reviews MODEL=$1 SPARK_SUBMIT_OPTS=-Dscala.usejavacp=true JDK_JAVA_OPTIONS="${vector[*]}" \
    "$SPARK_HOME/bin/spark-submit" --master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false \
    --conf "spark.sql.warehouse.dir=$work/warehouse" --driver-memory 1g --class org.apache.spark.repl.Main spark-shell \
    < <(printf ':paste <| END\n%s\nEND\n' "$(cat scripts/sparkml/review-pipeline.scala)") >"$work/shell" 2>"$work/err" ||
    { cat "$work/err" >&2; fail "spark-shell failed"; }
  grep '^| ' "$work/shell" >"$work/out" || { cat "$work/shell" "$work/err" >&2; fail "the pipeline failed in Scala"; }
  SPARK_HOME=$home
}

# choices LANGUAGE: the table of what was printed.
choices() {
  echo
  echo "| hiddenSize | learningRate | accuracy of three folds, $1 |"
  echo "|---|---|---|"
  cat "$work/out"
}

timed program ReviewPipeline "$reviews" "$work/java"
java_seconds=$seconds
choices Java
timed in_scala "$work/scala"
scala_seconds=$seconds
choices Scala

echo
echo "| model of | seconds to choose and fit | accuracy of the test | SHA-256 of the predictions |"
echo "|---|---|---|---|"
for language in java scala; do
  program ReviewPredictions "$reviews" "$work/$language"
  IFS=$'\t' read -r sha accuracy <"$work/out"
  seconds=${language}_seconds
  printf '| %s | %d | %s | %.16s |\n' "$language" "${!seconds}" "$accuracy" "$sha"
  [ "$sha" = "${first:=$sha}" ] || fail "the models of Java and of Scala predict other bits"
done
echo
echo "no plan of the predictions exchanges rows"
