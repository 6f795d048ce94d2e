#!/usr/bin/env bash
# Runs the notes of notebooks/ in spark-shell with the assembled jar, and with nothing of Rondo but that: what CI runs on the
# modules' classes. Fails where a paragraph does not compile or throws. Prints what the notes print; some minutes on two cores.
# usage: scripts/check-notebooks.sh [MASTER [NOTE ...]]      by default local-cluster[2,1,1024] and all notes; needs Python 3
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
cd "$root"
need_jar
use_own_spark spark-shell -Pshell
export SPARK_LOCAL_IP=127.0.0.1
# As Spark's own script does it, for the shell's compiler.
export SPARK_SUBMIT_OPTS=-Dscala.usejavacp=true
master=${1:-local-cluster[2,1,1024]}
notes=("${@:2}")
[ ${#notes[@]} -gt 0 ] || notes=(notebooks/*.zpln)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# paragraphs NOTE KIND: the paragraphs of a kind; Scala ones for a shell to take as a whole each, in a folder of their own.
paragraphs() {
  python3 - "$1" "$2" "$work" <<'PYTHON'
import json, re, sys
note, kind, work = sys.argv[1:]
for paragraph in json.load(open(note))["paragraphs"]:
    magic, _, text = paragraph["text"].partition("\n")
    if magic != kind:
        continue
    if kind == "%spark":
        text = re.sub(r"val (\w*[fF]older) = .*", rf'val \1 = "{work}/runs"', text)
        text = f'println("== {paragraph["title"]}")\n:paste <| END\n{text}\nEND'
    print(text)
PYTHON
}

for note in "${notes[@]}"; do
  echo "=== $note"
  SECONDS=0
  conf=()
  while read -r key value; do
    case $key in
      spark.jars) conf+=(--jars "$jar") ;;
      spark.*) conf+=(--conf "$key=$value") ;;
      [A-Z]*_*) export "$key=$value" ;; # as Zeppelin does it
    esac
  done < <(paragraphs "$note" %spark.conf)
  paragraphs "$note" %spark |
    "$SPARK_HOME/bin/spark-submit" --master "$master" "${conf[@]}" --conf spark.ui.port=0 \
      --conf spark.executor.memory=768m --class org.apache.spark.repl.Main spark-shell 2>"$work/log" | tee "$work/shown" ||
    { cat "$work/log" >&2; fail "$note: spark-shell ended with an error"; }
  if grep -E '(^|[^a-z])error:|[a-z]Exception|^\s+at ' "$work/shown"; then
    cat "$work/log" >&2
    fail "$note: failed"
  fi
  echo "=== $note: $SECONDS s, start of spark-shell included"
done
