#!/usr/bin/env bash
# What tasks on rows cost, in parts that can be chosen:
#   steps     the training step of a classifier, of taggers, of a translator, of a transcriber, of a forecaster and of a
#             classifier of clips beside PyTorch's, one thread, in turns
#   shares    what parts the step of a transcriber and of a translator is made of, by samples of the Java Flight Recorder
#   predict   rows per second of `rondo predict` on one executor and on two
#   search    sentences per second of `rondo predict` by a translator, at a beam of 1 and of 5, on one executor and on two
#   prepare   megabytes per second and core of `rondo prepare`: vocabulary, encoding, writing
#   memory    5 million rows, prepared and trained by two executors of 1 GB
# Writes output/bench-tasks.md, with all parts that output/bench-tasks holds; figures that were measured stand in
# docs/results/tasks.md. Two hours; the machine must be idle.
# usage: scripts/bench-tasks.sh [--quick] [PART ...]     (default: all of them)
#   --quick   small data and short windows, to see that everything runs; writes output/bench-tasks-quick.md
# REPEATS says how often predict and search run (5), of which the median counts. Steps and shares are measured in bfloat16 where the
# processor multiplies it.
# NETWORKS says whose steps are measured, such as "translator transcriber"; all by default.
# PYTHON names an interpreter that can import torch; without one, PyTorch is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
work=output/bench-tasks document=output/bench-tasks.md
windows=5 seconds=2 warm_up=8 turns=2 repeats=${REPEATS:-5} rows=20000 sentences=5000 lines=200000 many=5000000
if [ "${1:-}" = --quick ]; then
  shift
  work=output/bench-tasks-quick document=output/bench-tasks-quick.md
  windows=2 seconds=0.3 warm_up=0.5 turns=1 repeats=1 rows=500 sentences=300 lines=2000 many=20000
fi
parts=("$@")
((${#parts[@]})) || parts=(steps shares predict search prepare memory)
mkdir -p "$work"
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
. scripts/bench/about.sh
. scripts/bench/resident.sh

# texts COUNT FROM TO: that many lines of a label, a tab and FROM to TO words, frequent and rare ones as a language has them.
texts() {
  awk -v count="$1" -v from="$2" -v to="$3" 'BEGIN {
    srand(1)
    for (i = 0; i < count; i++) {
      words = from + int(rand() * (to - from + 1))
      line = (i % 2 ? "good" : "bad") "\t"
      for (w = 0; w < words; w++) line = line "w" int(exp(rand() * 10.3)) " "
      print line
    }
  }'
}

# elapsed COMMAND...: its seconds, with two decimals.
elapsed() {
  local begin
  begin=$(date +%s%N)
  "$@" >"$work/last.log" 2>&1 || { tail -20 "$work/last.log" >&2; return 1; }
  awk -v nanos=$(($(date +%s%N) - begin)) 'BEGIN { printf "%.2f", nanos / 1e9 }'
}

median() { sort -g | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'; }

steps() {
  (
    . scripts/bench/rondo.sh
    HEAP=256m
    python=${PYTHON:-python3}
    "$python" -c 'import torch' 2>/dev/null || { echo "no PyTorch in $python: left out" >&2; python=; }
    for ((turn = 0; turn < turns; turn++)); do
      for configuration in ${NETWORKS:-classifier tagger tagger-crf translator transcriber forecaster clips}; do
        for precision in $(precisions); do
          rm -rf "$work/rows"
          mkdir -p "$work/rows"
          rondo org.rondo.bench.rows.RowsStep $configuration $precision "$work/rows" $windows $seconds $warm_up
          [ -z "$python" ] || "$python" scripts/bench/pytorch_rows.py $configuration $precision "$work/rows/minibatches.txt" \
            $windows $seconds $warm_up
        done
      done
    done >"$work/steps.tsv"
    rondo org.rondo.bench.rows.RowsReport "$work/steps.tsv" >"$work/1-steps.md"
  )
}

shares() {
  (
    . scripts/bench/rondo.sh
    HEAP=256m
    {
      echo "## Parts of the training step on sequences"
      echo
      echo "Samples of the thread's stack every 10 ms, by \`RowsShares\`. Attention is the keys, the scores, the softmax, the means and their gradients;"
      echo "CTC the softmax of every step, the alignments and their gradients, without the products of the output layer."
      echo
      echo "| network | precision | samples | parts |"
      echo "|---|---|---|---|"
      for configuration in transcriber translator; do
        for precision in $(precisions); do
          rm -rf "$work/rows"
          mkdir -p "$work/rows"
          rondo org.rondo.bench.rows.RowsShares $configuration $precision "$work/rows" \
            "$(awk -v n="$windows" -v s="$seconds" 'BEGIN { print n * s }')" $warm_up
        done
      done
      echo
    } >"$work/6-shares.md"
  )
}

# The network of conf/sentiment.conf on lines of a label and a text.
command=(scripts/rondo)
settings=(conf/sentiment.conf --set data.format=labelled-text)
for key in options.header options.sep options.quote options.escape columns.label columns.text; do
  settings+=(--set "data.$key=null")
done

predict() {
  local executors repeat time sizes=(few first all)
  texts $((3 * rows)) 60 380 >"$work/all.txt"
  head -n "$rows" "$work/all.txt" >"$work/first.txt"
  head -n 100 "$work/all.txt" >"$work/few.txt"
  "${command[@]}" train "${settings[@]}" --set data.train="$work/few.txt" --set output="$work/model" --set shards=1 \
    --set train.epochs=0 --set train.rounds=1 --set train.sync_every=1 --set data.validation_fraction=0.5 --in-process \
    >"$work/last.log" 2>&1 || { tail -5 "$work/last.log" >&2; return 1; }
  rm -f "$work"/predict-*.txt
  for ((repeat = 0; repeat < repeats; repeat++)); do
    for executors in 1 2; do
      for size in "${sizes[@]}"; do
        rm -rf "$work/predicted"
        time=$(elapsed "${command[@]}" predict "${settings[@]}" --set output="$work/model" --input "$work/$size.txt" \
          --output "$work/predicted" --master "local-cluster[$executors,1,1024]")
        echo "$time" | tee -a "$work/predict-$executors-$size.txt" | sed "s/^/  $executors executors, $size: /" >&2
      done
    done
  done
  {
    echo "## Predicting on executors"
    echo
    echo "\`rondo predict\` of texts of 60 to 380 words by the network of conf/sentiment.conf, executors of one core; medians of $repeats. The first"
    echo "$rows texts are those behind a first hundred, whose time counts as the start of Spark: meanwhile the executors compile their own code."
    echo "The next $((2 * rows)) are what a run of $((3 * rows)) takes longer than one of $rows."
    echo
    echo "| executors | first $rows texts, s | rows per second | next $((2 * rows)) texts, s | rows per second |"
    echo "|---|---|---|---|---|"
    for executors in 1 2; do
      awk -v n=$executors -v rows="$rows" -v few="$(median <"$work/predict-$executors-few.txt")" \
        -v first="$(median <"$work/predict-$executors-first.txt")" -v all="$(median <"$work/predict-$executors-all.txt")" \
        'BEGIN { printf "| %d | %.1f | %.0f | %.1f | %.0f |\n", n, first - few, (rows - 100) / (first - few), all - first, 2 * rows / (all - first) }'
    done
    echo
  } >"$work/2-predict.md"
}

# pairs COUNT NAME: that many lines of 5 to 40 words in NAME.en, and words for words in NAME.de.
pairs() {
  awk -v count="$1" -v name="$2" 'BEGIN {
    srand(2)
    for (i = 0; i < count; i++) {
      source = target = ""
      for (w = 5 + int(rand() * 36); w > 0; w--) {
        word = int(8000 * rand() * rand())
        source = source (source ? " " : "") "w" word
        target = target (target ? " " : "") "x" word
      }
      print source >(name ".en")
      print target >(name ".de")
    }
  }'
}

# A translator that has learned nothing does not end its sentences: they have as many words as their sources, and one more.
search() {
  local executors repeat time beam
  local asked=(conf/translation.conf --set network.dropout=0 --set translation.minimum_count=1 --set translation.maximum_vocabulary=0
    --set translation.source_tokenizer=words --set translation.target_tokenizer=words
    --set translation.labels_per_step=1 --set translation.more_labels=2)
  pairs "$sentences" "$work/search"
  head -n 100 "$work/search.en" >"$work/few.en"
  head -n 100 "$work/search.de" >"$work/few.de"
  "${command[@]}" train "${asked[@]}" --set data.train="$work/search.*" --set output="$work/translator" --set shards=1 --set train.epochs=0 \
    --set train.rounds=1 --set train.sync_every=1 --set data.validation_fraction=0.01 --set schedule.name=constant --in-process \
    >"$work/last.log" 2>&1 || { tail -5 "$work/last.log" >&2; return 1; }
  rm -f "$work"/search-*.txt
  for ((repeat = 0; repeat < repeats; repeat++)); do
    for beam in 1 5; do
      for executors in 1 2; do
        for size in few search; do
          rm -rf "$work/predicted"
          time=$(elapsed "${command[@]}" predict "${asked[@]}" --set output="$work/translator" --set translation.beam=$beam \
            --input "$work/$size.en" --output "$work/predicted" --master "local-cluster[$executors,1,1024]")
          echo "$time" >>"$work/search-$beam-$executors-$size.txt"
        done
      done
    done
  done
  {
    echo "## Beam search"
    echo
    echo "\`rondo predict\` of $sentences sentences of 5 to 40 words by the network of conf/translation.conf, vocabularies of 8,000 words, executors of"
    echo "one core; translations as long as their sources; medians of $repeats, without the time that 100 sentences take."
    echo
    echo "| beam | executors | seconds | sentences per second |"
    echo "|---|---|---|---|"
    for beam in 1 5; do
      for executors in 1 2; do
        awk -v beam=$beam -v n=$executors -v rows=$((sentences - 100)) -v all="$(median <"$work/search-$beam-$executors-search.txt")" \
          -v few="$(median <"$work/search-$beam-$executors-few.txt")" \
          'BEGIN { printf "| %d | %d | %.1f | %.0f |\n", beam, n, all - few, rows / (all - few) }'
      done
    done
    echo
  } >"$work/3-search.md"
}

prepare() {
  local repeat megabytes
  texts "$lines" 60 380 >"$work/lines.txt"
  head -n 100 "$work/lines.txt" >"$work/few.txt"
  megabytes=$(awk -v bytes="$(wc -c <"$work/lines.txt")" 'BEGIN { printf "%.1f", bytes / 1e6 }')
  rm -f "$work"/prepare-*.txt
  for ((repeat = 0; repeat < repeats; repeat++)); do
    for size in few lines; do
      rm -rf "$work/prepared"
      elapsed "${command[@]}" prepare "${settings[@]}" --set data.train="$work/$size.txt" --set output="$work/prepared" \
        --master 'local[1]' >>"$work/prepare-$size.txt"
      echo >>"$work/prepare-$size.txt"
    done
  done
  {
    echo "## Preparing"
    echo
    echo "\`rondo prepare\` of $lines texts, $megabytes MB, on one thread of Spark: reading, placing by hash, fitting the vocabulary, encoding and"
    echo "writing; medians of $repeats, without the time that 100 texts take."
    echo
    awk -v mb="$megabytes" -v all="$(median <"$work/prepare-lines.txt")" -v few="$(median <"$work/prepare-few.txt")" \
      'BEGIN { printf "%.1f seconds: %.1f MB per second and core.\n\n", all - few, mb / (all - few) }'
  } >"$work/4-prepare.md"
}

memory() {
  local pid most=0 seconds=$SECONDS
  texts "$many" 5 35 >"$work/many.txt"
  rm -rf "$work/many"
  "${command[@]}" train "${settings[@]}" --set data.train="$work/many.txt" --set output="$work/many" \
    --set data.validation_fraction=0.01 --set network.units=32 --set classification.embedding=32 --set train.epochs=0 \
    --set train.rounds=20 --set train.batch=64 --master 'local-cluster[2,1,1024]' >"$work/many.log" 2>&1 &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    raise_to_resident most "$executors_of_spark"
    sleep 2
  done
  wait $pid || { tail -20 "$work/many.log" >&2; return 1; }
  {
    echo "## Memory"
    echo
    echo "$many rows of 5 to 35 words, $(($(wc -c <"$work/many.txt") / 1000000)) MB of text, prepared and trained for 20 rounds by two executors with a heap of"
    echo "1 GB each: $(((SECONDS - seconds) / 60)) minutes, at most $most MB resident in an executor."
    echo
  } >"$work/5-memory.md"
  rm -rf "$work/many.txt" "$work/many"
}

for part in "${parts[@]}"; do
  case $part in
    steps | shares | predict | search | prepare | memory) echo "bench-tasks: $part" >&2; $part ;;
    *) echo "bench-tasks: $part is none of steps, shares, predict, search, prepare and memory" >&2; exit 2 ;;
  esac
done
{
  echo "# What tasks on rows cost"
  echo
  echo "Written by \`scripts/bench-tasks.sh\` on $(date +%F): $(processor), $(getconf _NPROCESSORS_ONLN) cores."
  echo
  cat "$work"/[1-6]-*.md
} >"$document"
echo "written: $document" >&2
