#!/usr/bin/env bash
# Builds, checks and tests everything.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn --batch-mode --no-transfer-progress verify "$@"
