#!/usr/bin/env bash
# Compares every cell (outputs, states, every gradient, with and without padding) with PyTorch's module on the same
# weights, CTC's losses and gradients with its function, and a decoder's with one of PyTorch's cells. Python with torch: $PYTHON, or python3; without it nothing is checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import torch' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import torch (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/models -am test -Dtest='Pytorch*Test' -Dsurefire.failIfNoSpecifiedTests=false
cat modules/models/target/pytorch*/report.txt
