#!/usr/bin/env bash
# Compares byte pair encodings with Hugging Face's library over generated texts: merges that Rondo learned, read by the
# library, and merges that the library learned, read by Rondo. Python with tokenizers: $PYTHON, or python3; without it
# nothing is checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import tokenizers' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import tokenizers (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/ingest -am test -Dtest=HuggingFaceTest -Dsurefire.failIfNoSpecifiedTests=false
cat modules/ingest/target/tokenizers/compare.txt
