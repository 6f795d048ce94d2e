#!/usr/bin/env bash
# Whether a locale, a time zone or a charset of the driver's JVM or of the executors' changes a bit or a name of what a run
# leaves: one tiny run on two executors for each, compared with a plain one. Then a checkout, a jar, an output and a Java below
# folders with blanks, signs and letters beyond ASCII, in the locale POSIX. About ten minutes on two cores.
# usage: scripts/check-locales.sh [CASE ...]     (such as fa-executor; all by default)
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/launch.sh
need_jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for i in {1..300}; do echo "line $i of the theme, $((i * 7919 % 1000)) times"; done >"$work/text.txt"

# train OUTPUT ROUNDS WORD...: on two executors.
train() {
  "${rondo:-scripts/rondo}" train conf/char-lm.conf --master 'local-cluster[2,1,1024]' --set "data.path=$work/text.txt" \
    --set "output=$1" --set "train.rounds=$2" --set train.sync_every=2 --set train.batch=2 --set train.unroll=8 \
    --set network.units=8 --set generate.length=5 --set evaluate.every=1 --set spark.eventLog.enabled=true \
    --set "spark.eventLog.dir=file://$work/log" "${@:3}" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; fail "$1 failed"; }
}
# whole OUTPUT WORD...: two rounds, then the third from their checkpoint; what it came to is in $sha and $names.
whole() {
  rm -rf "$work/log"
  mkdir "$work/log"
  train "$1" 2 "${@:2}"
  train "$1" 3 "${@:2}" --resume
  sha=$(sed -n 's/.*"parameters_sha256":"\([0-9a-f]*\)".*/\1/p' "$work/out")
  # But for the attempts that wrote states, which scheduling numbers.
  names=$(cd "$1" && find . | sed 's/\.[0-9]*\.bin/.bin/' | sort)
}
# check CASE COMMAND...: the run must be the plain one's equal.
check() {
  whole "$work/$1" "${@:2}"
  [ "$sha" = "$plain_sha" ] || fail "$1: other parameters: $sha, not $plain_sha"
  diff <(echo "$plain_names") <(echo "$names") || fail "$1: other names"
  # In texts: among the bytes of numbers some look like anything.
  found=$(LC_ALL=C.UTF-8 grep -rIlP '(?![0-9])\p{Nd}' "$work/$1" "$work/log" || true)
  [ -z "$found" ] || fail "$1: digits of a locale in $found: $(LC_ALL=C.UTF-8 grep -ohP '.{0,40}(?![0-9])\p{Nd}.{0,20}' $found | head -n 1)"
  echo "$1: equal"
  rm -rf "${work:?}/$1"
}
wanted() { [ -z "$cases" ] || [[ " $cases " == *" $1 "* ]]; }
cases=$*

whole "$work/plain"
plain_sha=$sha plain_names=$names
[ -n "$sha" ] || fail "the plain run left no parameters"

flags() {
  case $1 in
    ar) echo "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab" ;;
    fa) echo "-Duser.language=fa -Duser.country=IR" ;;
    bn) echo "-Duser.language=bn -Duser.country=BD" ;;
    mr) echo "-Duser.language=mr -Duser.country=IN" ;;
    tr) echo "-Duser.language=tr -Duser.country=TR" ;;
    de) echo "-Duser.language=de -Duser.country=DE" ;;
    th) echo "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai" ;;
    zone) echo "-Duser.timezone=Asia/Kathmandu" ;;
    charset) echo "-Dfile.encoding=ISO-8859-1" ;;
  esac
}
for name in ar fa bn mr tr de th zone charset; do
  if wanted "$name-driver"; then RONDO_JAVA_OPTS=$(flags "$name") check "$name-driver"; fi
  if wanted "$name-executor"; then check "$name-executor" --set "spark.executor.extraJavaOptions=$(flags "$name")"; fi
done

if wanted folders; then
  strange="$work/д о м @ (1) [2] {3} %20 ,;&\$'x' *"
  mkdir -p "$strange/modules/cli/target" "$strange/output"
  cp -r scripts conf "$strange/"
  cp "$jar" "$strange/modules/cli/target/"
  ln -s "$root/build" "$strange/build"
  ln -s "$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")" "$strange/java home"
  rondo="$strange/scripts/rondo"
  LC_ALL=POSIX JAVA_HOME="$strange/java home" check "folders" # in the folder of the checkout below, too
  (cd "$strange" && LC_ALL=POSIX whole "output/вы ход") # a relative output
fi
