#!/usr/bin/env bash
# Loads exported weights into PyTorch's modules and imports weights of PyTorch's, and compares what both compute. Python with torch
# and safetensors: $PYTHON, or python3; without it nothing is checked, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import torch, safetensors.torch' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import torch and safetensors (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/pytorch -am test -Dtest=PytorchModulesTest -Dsurefire.failIfNoSpecifiedTests=false
cat modules/pytorch/target/pytorch/report.txt
