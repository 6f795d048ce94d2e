#!/usr/bin/env bash
# Compares BLEU and chrF with sacreBLEU's over random corpora. Python with sacrebleu: $PYTHON, or python3; without it nothing is
# checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import sacrebleu' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import sacrebleu (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/evaluation -am test -Dtest=SacreBleuTest -Dsurefire.failIfNoSpecifiedTests=false
