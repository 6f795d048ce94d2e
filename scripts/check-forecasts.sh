#!/usr/bin/env bash
# Compares metrics of forecasts with those of scikit-learn and TorchMetrics over random series, and intervals by errors with
# NumPy's quantiles. Python with scikit-learn and torchmetrics: $PYTHON, or python3; without them nothing is checked, and it
# says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON="${PYTHON:-python3}"
if ! "$PYTHON" -c 'import sklearn, torchmetrics' 2>/dev/null; then
  echo "skipped: $PYTHON cannot import sklearn and torchmetrics (set PYTHON to one that can)"
  exit 0
fi
mvn -q -pl modules/tasks -am test -Dtest=ForecastReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
cat modules/tasks/target/forecasts/compare.txt
