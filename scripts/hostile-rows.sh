#!/usr/bin/env bash
# What becomes of rows that cannot be learned: scripts/hostile-rows.sh
#
# Fits RnnClassifier to 40 rows and one that is null, empty, of 100,000 words, not a number, of a label that no other has and so
# on, by each handleInvalid, and predicts them. Prints the sentence of each error, or how many rows were learned and predicted;
# ends with an error where something is told otherwise than by one sentence. About four minutes.
source "$(dirname "${BASH_SOURCE[0]}")/sparkml/common.sh"
echo "| row | handleInvalid | what becomes of it |"
echo "|---|---|---|"
program HostileRows "$work/hostile"
cat "$work/out"
