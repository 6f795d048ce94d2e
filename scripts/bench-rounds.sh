#!/usr/bin/env bash
# What a round costs beside the training in it: models of about 1, 5 and 20 million parameters with 2, 8 and 16 shards, both
# formats on the wire, two embedded executors of one core, one tiny minibatch per shard and round; and a model of no size with
# up to 256 shards on one and two executors, for what shards cost by themselves. A line of figures per cell goes to
# output/rounds.tsv; cells that are there are not measured again. Then docs/results/scaling.md is written from all figures
# there are. About 20 minutes; the machine must be idle.
# usage: scripts/bench-rounds.sh [--quick]     (--quick: a few cells, to see that it runs; writes output/rounds-quick.tsv only)
set -euo pipefail
cd "$(dirname "$0")/.."
figures=output/rounds.tsv rounds=20 warm_up=10 quick=false
case ${1:-} in
  '') ;;
  --quick) figures=output/rounds-quick.tsv rounds=5 warm_up=2 quick=true ;;
  *) echo "bench-rounds: unknown option $1" >&2; exit 2 ;;
esac
. scripts/bench/engine.sh
mkdir -p "$(dirname "$figures")"
[ -s "$figures" ] || about "scripts/bench-rounds.sh" >"$figures"

# cell MILLIONS SHARDS EXECUTORS WIRE: one run, unless its figures are there; 0 is the model of no size.
cell() {
  local name=$1-$2-$3-$4 vocabulary units memory=2048
  ! has "$figures" "cell=$name" || return 0
  case $1 in
    0) vocabulary=100 units=16 ;;
    1) vocabulary=1000 units=200 ;;
    5) vocabulary=10000 units=200 ;;
    20) vocabulary=10000 units=650 memory=5120 ;;
  esac
  [ -f "$work/$vocabulary.txt" ] || text "$work/$vocabulary.txt" "$vocabulary" 100000
  begin "$name" "$3" "$memory" "data.path=$work/$vocabulary.txt" "data.prepared=$work/$vocabulary" "network.units=$units" \
    "shards=$2" "sync.wire=$4" train.sync_every=1 train.batch=1 train.unroll=2 "train.rounds=$rounds" \
    spark.extraListeners=org.rondo.bench.engine.DriverTraffic "spark.rondo.bench.traffic=$work/$name.tsv"
  finish "$name"
  program engine.RunFigures round "$work/$name/events.jsonl" "$warm_up" --traffic "$work/$name.tsv" "cell=$name" "wire=$4" \
    "executors=$3" | tee -a "$figures"
  rm -rf "${work:?}/$name"
}

if $quick; then
  cell 0 2 1 float32
  cell 1 2 2 bfloat16
  exit
fi
for executors in 1 2; do for shards in 2 64 256; do cell 0 "$shards" "$executors" float32; done; done
for wire in float32 bfloat16; do
  for model in 1 5 20; do for shards in 2 8 16; do cell "$model" "$shards" 2 "$wire"; done; done
done
document
