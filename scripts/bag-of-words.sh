#!/usr/bin/env bash
# What Spark's own logistic regression reaches on labelled texts, to compare classifiers with: TF-IDF of words, and of words and
# pairs of words; docs/results/tasks.md has the figures.
# usage: scripts/bag-of-words.sh TRAINING TEST [LABEL TEXT]     tab-separated files; columns by default _c0 and _c3
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
. scripts/launch.sh
use_own_spark spark-home
opens=$(sed -n 's:.*<spark.opens>\(.*\)</spark.opens>.*:\1:p' pom.xml)
# shellcheck disable=SC2086
exec java $opens -Xmx4g -cp "$SPARK_HOME/jars/*" scripts/baselines/BagOfWords.java "$1" "$2" "${3:-_c0}" "${4:-_c3}"
