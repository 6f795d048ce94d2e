#!/usr/bin/env bash
# MB of text that one thread turns into ids in a second of its processor time, by every tokenizer, and beside them Hugging Face's
# library with the same merges. Writes docs/results/tokenizers.md.
# usage: scripts/bench-tokenizers.sh [--quick] TEXT      (a file of UTF-8, such as 30 MB of English)
#   --quick   a small part of the text, to see that everything runs; writes output/bench-tokenizers.md
# PYTHON names an interpreter that can import tokenizers; without one, the library is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
size=8000 seconds=5 bytes=30000000 document=docs/results/tokenizers.md
if [ "${1:-}" = --quick ]; then
  shift
  size=1000 seconds=0.2 bytes=1000000 document=output/bench-tokenizers.md
fi
text=${1:?usage: scripts/bench-tokenizers.sh [--quick] TEXT}
work=output/bench-tokenizers
mkdir -p "$work"
head -c "$bytes" "$text" | iconv -c -f UTF-8 -t UTF-8 >"$work/text"
. scripts/bench/about.sh
. scripts/bench/rondo.sh
{
  echo '# Speed of tokenizers'
  echo
  echo "One thread over $(($(wc -c <"$work/text") / 1000000)) MB of text in memory, vocabularies of at most $size. *Counting* is the first pass,"
  echo 'which finds words and how often each occurs; *learning* makes the vocabulary of them; MB/s is text to ids. All seconds are of'
  echo 'processor time.'
  echo
  echo "$(processor), Java $(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p'), $(date +%F)."
  echo
  echo '| tokenizer | vocabulary | counting (s) | learning (s) | MB/s | bytes per token |'
  echo '|---|---|---|---|---|---|'
  HEAP=1g rondo org.rondo.bench.TokenizerSpeed "$work/text" "$size" "$seconds" "$work"
  if "${PYTHON:-python3}" -c 'import tokenizers' 2>/dev/null; then
    "${PYTHON:-python3}" scripts/bench/tokenizers_speed.py "$work/text" "$work/tokenizer.json" "$size" "$seconds"
  fi
} >"$document.new"
mv "$document.new" "$document"
cat "$document"
