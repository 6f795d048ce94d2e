#!/usr/bin/env bash
# What becomes of sound and of parallel texts that cannot be learned: scripts/hostile-files.sh
#
# Prepares twenty recordings together with files of other formats, damaged ones and such that are no sound, and parallel texts with
# empty, endless and missing lines. Prints a table of what `rondo prepare` says of each; ends with an error where it says nothing,
# or a stack trace. Three minutes.
source "$(dirname "${BASH_SOURCE[0]}")/clusters/common.sh"

# prepare WORD...: its output in $work/said, its exit code in $code.
prepare() {
  code=0
  rm -rf "$work/out"
  scripts/rondo prepare "$@" --set "output=$work/out" >"$work/said" 2>"$work/err" || code=$?
  if grep -q $'^\tat ' "$work/said" "$work/err"; then cat "$work/err" >&2; fail "a stack trace"; fi
}
# row INPUT OUTCOME
row() { [ -n "$2" ] || fail "nothing was said of: $1"; echo "| $1 | ${2//$work\//} |"; }
# What the command said before it ended with an error; nothing where it did not.
error() { ((code == 0)) || echo "exit $code: $(sed -n 's/^rondo: //p' "$work/err" | tail -n 1)"; }
# The first of several rows that an error names.
first() { sed 's/; file:.*/, and more/'; }
# left_out FILE: what was said of the rows of a file.
left_out() { sed -n "s#^ .*$1[^ ]*, row [^:]*: #left out: #p" "$work/said" | head -n 1; }
rows() { awk '$1 == "rows" { print $2 + $3 + $4 }' "$work/said"; }

echo "| input | what \`rondo prepare\` says |"
echo "|---|---|"
"$java" scripts/quickstart/TouchTones.java "$work/good" 20 >"$work/log"
"$java" scripts/hostile/HostileSounds.java "$work"

# sounds FILE...: the good ones and these, in $work/all.
sounds() {
  rm -rf "$work/all"
  mkdir "$work/all"
  cp "$work"/good/*.wav "$work/all"
  for file in "$@"; do cp "$file" "$work/all"; done
}
speech=(conf/quickstart-speech.conf --set "data.path=$work/all/*.wav")

sounds "$work"/heard/*
prepare "${speech[@]}"
heard=$(ls "$work/heard" | wc -l)
[ "$(rows)" = $((20 + heard)) ] || fail "of $((20 + heard)) recordings $(rows) were prepared"
row "$(ls "$work/heard" | sed 's/-7.wav//; s/_/ /g' | paste -sd, | sed 's/,/, /g')" "all $heard are rows"

# At most five rows are named in each run.
for part in 0 1; do
  mapfile -t files < <(ls "$work"/refused/* | awk -v part=$part 'NR % 2 == part')
  sounds "${files[@]}"
  prepare "${speech[@]}" --set data.invalid_rows=skip
  for file in "${files[@]}"; do
    name=$(basename "$file")
    row "$(sed 's/-.*//; s/_/ /g' <<<"$name")" "$(left_out "$name")"
  done
done
prepare "${speech[@]}"
row "the same with \`data.invalid_rows = fail\`, the default" "$(error | first)"
sounds
prepare "${speech[@]}" --set "data.test=$work/unseen/*.wav"
row "a transcript with an unseen symbol, in the test" "$(error)"

for i in {1..40}; do echo "$i" >>"$work/n.digits"; echo "number $i" >>"$work/n.words"; done
# texts NAME: the forty lines as NAME.digits and NAME.words.
texts() { cp "$work/n.digits" "$work/$1.digits"; cp "$work/n.words" "$work/$1.words"; }
translation=(conf/quickstart-translation.conf --set translation.minimum_count=1 --set data.invalid_rows=skip)

texts uneven
echo "41" >>"$work/uneven.digits"
prepare "${translation[@]}" --set "data.path=$work/uneven.*"
row "41 lines beside 40" "$(error)"
texts single
rm "$work/single.words"
prepare "${translation[@]}" --set "data.path=$work/single.*"
row "one file of two" "$(error | first)"
texts empty
: >"$work/empty.digits"
: >"$work/empty.words"
prepare "${translation[@]}" --set "data.path=$work/empty.*"
row "two files without a line" "$(error)"
texts bytes
printf '\xff\xfe\n' >>"$work/bytes.digits"
echo "number" >>"$work/bytes.words"
prepare "${translation[@]}" --set "data.path=$work/bytes.*"
row "bytes that are no UTF-8" "$(error)"
texts lines
{ echo ""; echo "42"; seq 2000 | tr '\n' ' '; echo; echo "44"; } >>"$work/lines.digits"
{ echo "nothing"; echo ""; echo "much"; seq 2000 | tr '\n' ' '; echo; } >>"$work/lines.words"
prepare "${translation[@]}" --set "data.path=$work/lines.*"
for what in "41 an empty source" "42 an empty target" "43 a source of 2,000 words" "44 a target of 2,000 words"; do
  row "${what#* }" "$(sed -n "s#^ .*lines[^ ]*.*line ${what%% *}[^:]*: #left out: #p" "$work/said" | head -n 1)"
done
