#!/usr/bin/env bash
# Under ten minutes with Rondo: builds it, fetches the sources of Apache Spark's core from Maven Central, trains on two embedded
# Spark executors, uses what was learned, and says where the report is.
# usage: scripts/quickstart.sh [TASK]      by default language-model
#   language-model   learns the Scala sources, character by character, and writes 500 characters
#   classification   learns to tell a line of Java from one of Scala, and tells it of four lines
#   tagging          learns where the words of a name begin that is written without capitals, such as newhadooprdd
#   translation      learns to write numbers as words, from 12,000 numbers below a million
#   speech           learns which numbers are dialled, from 600 recordings of a telephone's tones, and reads three
#   forecasting      learns the loads of twelve stations, and tells and draws those of the next day
#   anomaly          learns what loads and temperatures of stations are like, and finds the faults in them
#   regression       learns where squares move in clips of images, and draws the frames to come
set -euo pipefail
cd "$(dirname "$0")/.."
task=${1:-language-model}
data=build/quickstart
sources=false # whether the task learns from Spark's sources
case $task in
  language-model | classification | tagging) sources=true ;;
  translation | speech | forecasting | anomaly | regression) ;;
  *)
    echo "quickstart: $task is none of language-model, classification, tagging, translation, speech, forecasting, anomaly and regression" >&2
    exit 2
    ;;
esac

echo "Building" >&2
mvn -q -B -DskipTests package

if $sources && { [ ! -d "$data/text" ] || [ ! -d "$data/java" ]; }; then
  echo "Fetching Spark's sources from Maven Central" >&2
  rm -rf "$data/java" "$data/text"
  mvn -q -B -f scripts/spark-home dependency:copy-dependencies -DincludeGroupIds=org.apache.spark \
    -DincludeArtifactIds=spark-core_2.12 -Dclassifier=sources -DexcludeTransitive=true -DoutputDirectory="$PWD/$data"
  for kind in java scala; do
    mkdir -p "$data/$kind.part"
    (cd "$data/$kind.part" && jar xf ../spark-core_*-sources.jar)
    find "$data/$kind.part" -type f ! -name "*.$kind" -delete
  done
  mv "$data/java.part" "$data/java"
  mv "$data/scala.part" "$data/text"
fi

# lines LABEL FOLDER: 6,000 different lines of code, a label before each.
lines() {
  find "$2" -type f -exec cat {} + | tr '\t' ' ' | LC_ALL=C grep -aE '^ *[^ */].{19,}' | LC_ALL=C sort -u |
    awk -v label="$1" '{ line[NR] = $0 } END { for (i = 1; i <= 6000; i++) print label "\t" line[int(i * NR / 6001) + 1] }'
}

# names FOLDER: names of several words, a character a line with its tag: B where a word begins, I within it.
names() {
  find "$1" -type f -exec cat {} + | LC_ALL=C grep -aohE '\b[a-z]{2,}([A-Z][a-z]+)+\b' | LC_ALL=C sort -u |
    awk '{ for (i = 1; i <= length($0); i++) { c = substr($0, i, 1); print tolower(c), (i == 1 || c ~ /[A-Z]/ ? "B-WORD" : "I-WORD") } print "" }'
}

# numbers: 12,000 different numbers below a million, short ones too, with their words behind a tab.
numbers() {
  awk '
    function below(n) { return n < 20 ? small[n] : tens[int(n / 10)] (n % 10 ? " " small[n % 10] : "") }
    function hundreds(n) {
      return n < 100 ? below(n) : small[int(n / 100)] " hundred" (n % 100 ? " " below(n % 100) : "")
    }
    function words(n) {
      return n < 1000 ? hundreds(n) : hundreds(int(n / 1000)) " thousand" (n % 1000 ? " " hundreds(n % 1000) : "")
    }
    BEGIN {
      split("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen" \
        " eighteen nineteen", small, " ")
      split("ten twenty thirty forty fifty sixty seventy eighty ninety", tens, " ")
      small[0] = "zero"
      for (i = 0; i < 12000; i++) {
        n = i < 1000 ? i : (i * 7919 + int(i * i / 7)) % 1000000
        if (!(n in seen)) print n "\t" words(n)
        seen[n] = 1
      }
    }'
}

# generate PROGRAM WHAT ARGUMENT...: makes WHAT of $data by a program in Java, whose first argument it is.
generate() {
  local program=$1 what=$data/$2
  shift 2
  rm -rf "$what"
  mkdir -p "$data"
  java "$program" "$what" "$@"
}

train() { scripts/rondo train "$1" --master 'local-cluster[2,1,2048]'; }

case $task in
  language-model)
    train conf/quickstart.conf
    echo
    echo "500 characters that it writes:" >&2
    scripts/rondo generate conf/quickstart.conf
    ;;
  classification)
    { lines java "$data/java"; lines scala "$data/text"; } >"$data/lines.txt"
    train conf/quickstart-classification.conf
    echo "What it says of four lines, one answer each:" >&2
    printf '%s\n' 'public static void main(String[] args) {' 'def main(args: Array[String]): Unit = {' \
      'private final List<String> names = new ArrayList<>();' 'private val names = new ArrayBuffer[String]()' |
      scripts/rondo predict conf/quickstart-classification.conf --input -
    ;;
  tagging)
    names "$data/text" >"$data/names.txt"
    train conf/quickstart-tagging.conf
    echo "What it makes of two names:" >&2
    printf '%s\n' 'n e w h a d o o p r d d' 's h u f f l e b l o c k w r i t e r' |
      scripts/rondo predict conf/quickstart-tagging.conf --input -
    ;;
  translation)
    mkdir -p "$data"
    numbers >"$data/numbers"
    cut -f1 "$data/numbers" >"$data/numbers.digits"
    cut -f2 "$data/numbers" >"$data/numbers.words"
    train conf/quickstart-translation.conf
    echo "What it makes of four numbers:" >&2
    printf '%s\n' 7 4711 90210 365024 | scripts/rondo predict conf/quickstart-translation.conf --input -
    ;;
  speech)
    generate scripts/quickstart/TouchTones.java tones 600
    generate scripts/quickstart/TouchTones.java tones-new 3 4711 90210 365024
    train conf/quickstart-speech.conf
    echo "What it reads in three recordings of numbers that it never heard:" >&2
    scripts/rondo predict conf/quickstart-speech.conf --input "$data/tones-new"
    ;;
  forecasting)
    generate scripts/quickstart/Stations.java loads.csv
    train conf/quickstart-forecasting.conf
    echo "The last five days of each station, forecast from what was before:" >&2
    rm -f output/quickstart-forecasting/forecasts.svg
    scripts/rondo evaluate conf/quickstart-forecasting.conf --windows 5 --chart output/quickstart-forecasting/forecasts.svg
    echo "The first hours of the day to come, of one station:" >&2
    { head -n 1 "$data/loads.csv"; tail -n 200 "$data/loads.csv"; } >"$data/latest.csv"
    scripts/rondo predict conf/quickstart-forecasting.conf --input "$data/latest.csv" --level 80 | sed -n 1,4p
    ;;
  anomaly)
    generate scripts/quickstart/Stations.java faults.csv faults
    train conf/quickstart-anomaly.conf
    echo "What it finds, and how that compares with the faults that were made:" >&2
    rm -rf output/quickstart-anomaly/{scores,alarms,alarms.svg}
    scripts/rondo predict conf/quickstart-anomaly.conf --input "$data/faults.csv" --output output/quickstart-anomaly/scores \
      --alarms output/quickstart-anomaly/alarms --chart output/quickstart-anomaly/alarms.svg
    ;;
  regression)
    generate modules/testkit/src/main/java/org/rondo/testkit/MovingShapes.java shapes 800 1
    generate modules/testkit/src/main/java/org/rondo/testkit/MovingShapes.java shapes-new 8 2
    train conf/quickstart-regression.conf
    echo "Eight new clips, the frames that it foresees below their own:" >&2
    rm -rf output/quickstart-regression/frames
    scripts/rondo predict conf/quickstart-regression.conf --input "$data/shapes-new" --images output/quickstart-regression/frames
    ;;
esac
echo
if [ "$task" = language-model ]; then report=output/quickstart; else report=output/quickstart-$task; fi
echo "The report: $report/report.html" >&2
