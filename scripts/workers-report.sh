#!/usr/bin/env bash
# Tables and a picture of what scripts/workers.sh has measured up to now: prints the tables, leaves FOLDER/workers.svg.
#   scripts/workers-report.sh FOLDER
set -euo pipefail
folder=$(realpath "${1:?the folder that scripts/workers.sh wrote}")
cd "$(dirname "$0")/.."
. scripts/bench/engine.sh
program workers.WorkersReport "$folder" "$folder/workers.svg"
