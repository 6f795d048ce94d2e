#!/usr/bin/env bash
# Compares the mel spectra and their changes with librosa's over random sound. Python with librosa: $PYTHON, or python3; without it
# nothing is checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import librosa' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import librosa (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/ingest -am test -Dtest=LibrosaTest -Dsurefire.failIfNoSpecifiedTests=false
cat modules/ingest/target/librosa/compare.txt
