#!/usr/bin/env bash
# Perplexity against workers: trains one model on the Penn Treebank with 1 to 16 shards, equal tokens in total, for each way
# to combine them. Each takes the learning rate that is best by validation perplexity among runs of one epoch, from one small
# grid for all.
#   PTB=FOLDER scripts/workers.sh small|medium OUTPUT     (FOLDER holds ptb.train.txt and ptb.valid.txt, or .gz of them)
# One line of figures per run lies in OUTPUT, those of the grid in OUTPUT/grid; what is there is not trained again, and a run
# that was interrupted goes on from its checkpoint. Runs train in one thread each, as many at once as there are cores; JOBS,
# SHARDS, SYNCS, RATES, SEEDS, BATCH (sequences in a minibatch of each shard), SYNC_EVERY and EPOCHS choose otherwise.
set -euo pipefail
model=${1:?the model: small or medium}
output=$(realpath -m "${2:?the folder for the figures}")
ptb=$(realpath -m "${PTB:?the folder that holds ptb.train.txt and ptb.valid.txt}")
cd "$(dirname "$0")/.."
rondo=${RONDO:-scripts/rondo} # the command, where another than this tree's is meant
jobs=${JOBS:-$(nproc)}
shards=${SHARDS:-1 2 4 8 16}
syncs=${SYNCS:-average block-momentum gradient}
seeds=${SEEDS:-$([ "$model" = small ] && echo 1 2 3 || echo 1)}
epochs=${EPOCHS:-$([ "$model" = small ] && echo 4 || echo 6)}
rates=${RATES:-10 20 40}
batch=${BATCH:-20}
sync_every=${SYNC_EVERY:-8}
tokens=929588 # targets of the training text
case $model in
  small) unroll=20 ;;
  medium) unroll=35 ;;
  *) echo "workers: no such model: $model; there are small and medium" >&2; exit 2 ;;
esac
# whole NAME VALUES: refuses what is no number to count with.
whole() {
  local value
  for value in $2; do
    [[ $value =~ ^[1-9][0-9]*$ ]] || { echo "workers: $1 must be whole numbers from 1 on, not $value" >&2; exit 2; }
  done
}
whole JOBS "$jobs"; whole SHARDS "$shards"; whole SEEDS "$seeds"; whole EPOCHS "$epochs"; whole BATCH "$batch"
whole SYNC_EVERY "$sync_every"
for rate in $rates; do
  [[ $rate =~ ^[0-9]+(\.[0-9]+)?$ ]] || { echo "workers: RATES must be numbers, not $rate" >&2; exit 2; }
done
step=$((batch * unroll))

# text PART: the file of it, packed or not.
text() {
  local file
  for file in "$ptb/ptb.$1.txt" "$ptb/ptb.$1.txt.gz"; do [ ! -f "$file" ] || { realpath "$file"; return; }; done
  echo "workers: PTB=$ptb holds no ptb.$1.txt, nor .gz of it" >&2
  return 2
}
train_text=$(text train)
valid_text=$(text valid)
common=(--set "data.train=$train_text" --set "data.validation=$valid_text" --set "data.prepared=$output/corpus")

# train FOLDER EPOCHS SYNC SHARDS RATE SEED: one run, unless its figures are there.
train() {
  local into=$1 epochs=$2 sync=$3 shards=$4 rate=$5 seed=$6 name=$model-$3-$4-$5-$6
  [ ! -f "$into/$name.json" ] || return 0
  local folder=$into/runs/$name every=$sync_every resume=()
  [ "$sync" != gradient ] || every=1
  local rounds=$((epochs * tokens / (step * shards * every)))
  ! compgen -G "$folder/checkpoints/round-*/manifest.json" >/dev/null || resume=(--resume)
  RONDO_JAVA_OPTS="-XX:ActiveProcessorCount=1 -Xmx${HEAP:-2500m}" "$rondo" train "conf/ptb-$model.conf" --in-process "${resume[@]}" \
    "${common[@]}" --set "output=$folder" --set "seed=$seed" --set "shards=$shards" --set "sync.name=$sync" \
    --set "optimizer.learning_rate=$rate" --set "train.batch=$batch" --set "train.unroll=$unroll" \
    --set "train.sync_every=$every" --set "train.rounds=$rounds" \
    --set "evaluate.every=$((rounds / epochs))" --set "checkpoint.every=$((rounds / epochs))" --set checkpoint.keep=1 \
    >"$into/$name.part" 2>"$into/$name.log" || { failed "$into" "$name" $?; return; }
  mv "$into/$name.part" "$into/$name.json" || { failed "$into" "$name" $?; return; }
  rm -rf "$folder" "$into/$name.log"
  echo "$name: perplexity $(perplexity "$into/$name.json") after $epochs epochs" >&2
}
# failed FOLDER NAME EXIT-CODE: a rate of the grid may be too high for a cell; all else is an error.
failed() {
  if [ "$1" = "$output/grid" ] && grep -q diverged "$1/$2.log"; then
    echo '{"perplexity":1e9}' >"$1/$2.json"
    echo "$2: diverged" >&2
  else
    echo "$2 ended with $3, see $1/$2.log" | tee -a "$output/failures" >&2
  fi
}
# Null is a perplexity beyond all numbers.
perplexity() { sed 's/.*"perplexity":\([^,}]*\).*/\1/; s/^null$/1e300/' "$1"; }

# cells: every SYNC SHARDS once; one worker is the same whatever would combine it.
cells() {
  for count in $shards; do
    for sync in $syncs; do
      [ "$count" != 1 ] || [ "$sync" = average ] || continue
      echo "$sync $count"
    done
  done
}
# best SYNC SHARDS: its learning rate.
best() {
  local rate
  [ "$rates" != "${rates#* }" ] || { echo "$rates"; return; }
  for rate in $rates; do echo "$(perplexity "$output/grid/$model-$1-$2-$rate-1.json") $rate"; done | sort -g | head -1 | cut -d' ' -f2
}

# Interrupts do not reach what a script has in the background by themselves.
stop() {
  local job
  for job in $(jobs -rp); do pkill -TERM -P "$job" || true; done
  wait
  exit 130
}
trap stop INT TERM
# all: reads runs, one a line, and trains them, $jobs at once.
all() {
  local run
  while read -r run; do
    # shellcheck disable=SC2086 # a run is six words
    train $run </dev/null &
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do sleep 0.2; done
  done
  wait
  [ ! -s "$output/failures" ] || { echo "workers: some runs failed; the next start takes them up again" >&2; exit 1; }
}

mkdir -p "$output/grid"
# Figures of other runs have the same names; they need a folder of their own.
settings="epochs $epochs, batch $batch, sync_every $sync_every"
[ -f "$output/$model.settings" ] || echo "$settings" >"$output/$model.settings"
[ "$settings" = "$(<"$output/$model.settings")" ] || {
  echo "workers: $output holds runs of $(<"$output/$model.settings"), not of $settings; choose another folder" >&2
  exit 2
}
rm -f "$output/failures"
"$rondo" prepare "conf/ptb-$model.conf" "${common[@]}" --set "output=$output" >/dev/null
[ "$rates" = "${rates#* }" ] || {
  all < <(cells | while read -r cell; do for rate in $rates; do echo "$output/grid 1 $cell $rate 1"; done; done)
}
all < <(
  for seed in $seeds; do
    cells | while read -r cell; do
      # shellcheck disable=SC2086 # a cell is two words
      echo "$output $epochs $cell $(best $cell) $seed"
    done
  done
)
