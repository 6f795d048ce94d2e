#!/usr/bin/env bash
# Whether the command copes with machines that are set up otherwise: a locale without UTF-8, a user id and a host name that
# nobody knows, a full disk, a full or read-only temporary folder, few open files, a folder whose name a class path cannot
# hold. A line for each; what this machine cannot imitate is skipped with the reason. Half a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
mounts=()
clean() {
  local mount
  for mount in ${mounts[@]+"${mounts[@]}"}; do umount "$mount"; done
  rm -rf "$work"
}
trap clean EXIT
chmod 755 "$work" # another user is to come in
mkdir "$work/temporary"
chmod 1777 "$work/temporary"
export TMPDIR=$work/temporary

fail() {
  echo "check-machine: $1: ${*:2}" >&2
  sed 's/^/  /' "$work/log" >&2
  exit 1
}
skip() { echo "skipped: $1: $2"; }
tiny=(--set train.rounds=2 --set train.sync_every=2 --set train.batch=2 --set train.unroll=8 --set network.units=8
  --set generate.length=5 --set evaluate.every=1)

# passes NAME COMMAND...: it must end with 0.
passes() { "${@:2}" >"$work/log" 2>&1 || fail "$1" "exit code $?"; echo "passed: $1"; }
# refused NAME CODE SENTENCE COMMAND...: it must end with that code and that sentence, and without a stack trace.
refused() {
  local code=0
  "${@:4}" >"$work/log" 2>&1 || code=$?
  [ "$code" = "$2" ] || fail "$1" "exit code $code, not $2"
  grep -q -- "$3" "$work/log" || fail "$1" "does not say: $3"
  ! grep -q $'^\tat ' "$work/log" || fail "$1" "shows a stack trace"
  echo "refused: $1"
}

mkdir "$work/text"
for i in {1..300}; do echo "line $i of the theme, $((i * 7919 % 1000)) times"; done >"$work/text/a.txt"
cp "$work/text/a.txt" "$work/text/роман.txt"
on_text=(conf/char-lm.conf --set "data.path=$work/text" "${tiny[@]}")

run() { scripts/rondo train "${on_text[@]}" --set "output=$work/$1" "${@:2}"; }
posix() { env -u LANG -u LC_ALL LC_CTYPE=POSIX scripts/rondo train "${on_text[@]}" --set "output=$work/выход" --in-process; }
passes "a locale without UTF-8: train" posix
tokens=$(sed -n 's/.*training \([0-9,]*\),.*/\1/p' "$work/log" | tr -d ,)
[ "${tokens:-0}" -gt 15000 ] || fail "a locale without UTF-8" "of two files of text, ${tokens:-no} tokens were read"
[ -f "$work/выход/report.html" ] || fail "a locale without UTF-8" "the output has another name"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && unshare --uts true 2>/dev/null; then
  mkdir -m 777 "$work/nobody"
  strange() {
    # shellcheck disable=SC2016 # the inner shell's arguments
    unshare --uts bash -c 'hostname no-such-host.invalid && exec "$@"' - env -u HOME \
      setpriv --reuid=12345 --regid=12345 --clear-groups scripts/rondo train "${on_text[@]}" --set "output=$work/nobody/run"
  }
  passes "a user and a host that nobody knows: train on Spark" strange
else
  skip "a user and a host that nobody knows" "needs root, setpriv and unshare"
fi

mkdir "$work/full" "$work/small"
if mount -t tmpfs -o size=4k tmpfs "$work/full" 2>/dev/null; then
  mounts+=("$work/full")
  head -c 8192 /dev/zero >"$work/full/file" 2>/dev/null || true
  refused "a full temporary folder" 2 "cannot be written to, or is full" env "TMPDIR=$work/full" scripts/rondo --version
  refused "a full local folder of Spark" 2 "Spark's local folder cannot be written to" run local --set "spark.local.dir=$work/full"
  mount -o remount,ro "$work/full"
  refused "a read-only temporary folder" 2 "cannot be written to, or is full" env "TMPDIR=$work/full" scripts/rondo --version
  mount -t tmpfs -o size=60k tmpfs "$work/small"
  mounts+=("$work/small")
  refused "a full disk under the output" 4 "No space left on device" run small/run --set checkpoint.retries=1 --in-process
else
  skip "full disks" "no tmpfs can be mounted"
fi

few_files() { (ulimit -n 64 && scripts/rondo --version); }
refused "few open files" 2 "raise the limit: ulimit -n" few_files

mkdir "$work/a:b"
cp -r scripts "$work/a:b/"
refused "a checkout below a colon" 2 "cannot hold a colon" "$work/a:b/scripts/rondo" --version
refused "a wrong JAVA_HOME" 2 "holds no bin/java" env "JAVA_HOME=$work/text" scripts/rondo --version
refused "an argument in another charset" 2 "is not in UTF-8" scripts/rondo generate "${on_text[@]}" --prime $'caf\xe9'

for _ in {1..20}; do
  left=$(find "$TMPDIR" -mindepth 1 -maxdepth 1)
  [ -n "$left" ] || break
  sleep 0.5
done
[ -z "$left" ] || fail "leftovers" "the temporary folder holds $left"
echo "passed: nothing is left in the temporary folder"
