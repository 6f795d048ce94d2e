# Trainings one after the other whose figures are compared; sourced by scripts that set $output, the folder for the figures. What is
# there is not trained again, and a training that was interrupted goes on from its checkpoint.
. scripts/bench/events.sh
rondo=${RONDO:-scripts/rondo} # the command, where another than this tree's is meant

# trial NAME CONF [--set KEY=VALUE ...]: trains, and leaves the evaluations in $output/NAME.evaluated, the result in NAME.json.
trial() {
  local name=$1 conf=$2 folder=$output/runs/$1 resume=()
  shift 2
  [ ! -f "$output/$name.json" ] || return 0
  ! compgen -G "$folder/checkpoints/round-*/manifest.json" >/dev/null || resume=(--resume)
  "$rondo" train "$conf" --in-process "${resume[@]}" --set "output=$folder" --set "data.prepared=$output/corpus" \
    --set checkpoint.keep=1 "$@" >"$output/$name.part" 2>"$output/$name.log" || {
    echo "$(basename "$0"): $name failed, see $output/$name.log" >&2
    return 1
  }
  grep '"event":"evaluated"' "$folder/events.jsonl" >"$output/$name.evaluated"
  mv "$output/$name.part" "$output/$name.json"
}

# losses NAME: the validation loss of each evaluation, in order, with a bar between two.
losses() { value loss <"$output/$1.evaluated" | awk '{ printf "%s%.3f", (NR > 1 ? " | " : ""), $1 }'; }

# figure NAME KEY: a number of the result.
figure() { value "$2" <"$output/$1.json"; }
