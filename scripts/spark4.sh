#!/usr/bin/env bash
# Builds, checks and tests all that runs on Spark 4 (Scala 2.13), beside the default build: scripts/spark4.sh [MAVEN OPTION ...]
# such as -pl modules/driver -am. Leaves the jar for Spark 4 in modules/cli/target/spark4.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn --batch-mode --no-transfer-progress -Pspark4 verify "$@"
