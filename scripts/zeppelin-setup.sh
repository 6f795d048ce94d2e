#!/usr/bin/env bash
# Sets up an installed Zeppelin for Rondo: its Spark interpreter gets Rondo's jar, plugin and flags beside what it has, the
# notes of notebooks/ are imported and run, and the state of each paragraph is told. Exits with 1 if one failed.
#
#   ZEPPELIN_HOME=/opt/zeppelin-0.12.1-bin-all scripts/zeppelin-setup.sh [--no-run] [--replace] [KEY=VALUE ...]
#
# --no-run: sets up and imports only. --replace: imports notes anew that are there already. KEY=VALUE: one more property of the
# interpreter, such as spark.master=spark://host:7077. SPARK_HOME is the Spark that Zeppelin is to run (without one, its jars
# come from Maven); ZEPPELIN_URL where the server is, if not at http://127.0.0.1:8080; RONDO_JAR another jar than the one built
# here. docs/notebooks.md says more.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
case ${1:-} in -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" | head -n -1; exit ;; esac

flags=()
properties=()
for word in "$@"; do
  case $word in
    --no-run | --replace) flags+=("$word") ;;
    [!-=]*=*) properties+=("$word") ;;
    *) fail "'$word' is neither --no-run nor --replace nor KEY=VALUE" ;;
  esac
done

daemon=${ZEPPELIN_HOME:-}/bin/zeppelin-daemon.sh
[ -n "${ZEPPELIN_HOME:-}" ] || fail "ZEPPELIN_HOME is not set; set it to the folder of a Zeppelin 0.12"
[ -f "$daemon" ] || fail "there is no $daemon; set ZEPPELIN_HOME to the folder of a Zeppelin 0.12"
need_jar
if [ -z "${SPARK_HOME:-}" ]; then use_own_spark spark-shell -Pshell; fi
[ -f "$SPARK_HOME/bin/spark-submit" ] || fail "there is no $SPARK_HOME/bin/spark-submit; set SPARK_HOME to a Spark 3.5"
compgen -G "$SPARK_HOME/jars/spark-repl_2.12-3.5.*.jar" >/dev/null ||
  fail "$SPARK_HOME/jars holds no Spark 3.5 for Scala 2.12 with its shell; set SPARK_HOME to one"

url=${ZEPPELIN_URL:-http://127.0.0.1:8080}
is_up() { curl -sf -m 5 "$url/api/version" 2>/dev/null | grep -q '"version"'; }
if ! is_up; then
  echo "starting Zeppelin" >&2
  bash "$daemon" start >&2
  for _ in {1..120}; do is_up && break; sleep 1; done
  is_up || fail "Zeppelin does not answer at $url within two minutes; its logs are in $ZEPPELIN_HOME/logs (another address: ZEPPELIN_URL)"
fi

exec "$java" -cp "$jar:$SPARK_HOME/jars/*" org.rondo.notebook.zeppelin.ZeppelinSetup ${flags[@]+"${flags[@]}"} \
  "$url" "$jar" "$root/notebooks" "SPARK_HOME=$SPARK_HOME" ${properties[@]+"${properties[@]}"}
