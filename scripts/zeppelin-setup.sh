#!/usr/bin/env bash
# Sets up an installed Zeppelin for Rondo: its Spark interpreter gets Rondo's jar, plugin and flags beside what it has, the
# notes of notebooks/ are imported and run, and the state of each paragraph is told. Exits with 1 if one failed.
#
#   ZEPPELIN_HOME=/opt/zeppelin-0.12.1-bin-all scripts/zeppelin-setup.sh [--no-run] [--replace] [KEY=VALUE ...]
#   ZEPPELIN_URL=http://HOST:8080 scripts/zeppelin-setup.sh ...
#
# --no-run: sets up and imports only. --replace: imports notes anew that are there already. KEY=VALUE: one more property of the
# interpreter, such as spark.master=spark://host:7077. SPARK_HOME is the Spark that Zeppelin is to run (without one, its jars
# come from Maven); ZEPPELIN_URL where the server is, if not at http://localhost:8080; ZEPPELIN_HOME the folder that it is
# started from if it does not run yet; RONDO_JAR another jar than the one built here. docs/notebooks.md says more.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
case ${1:-} in -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;; esac

flags=()
properties=()
for word in "$@"; do
  case $word in
    --no-run | --replace) flags+=("$word") ;;
    [!-=]*=*) properties+=("$word") ;;
    *) fail "'$word' is neither --no-run nor --replace nor KEY=VALUE" ;;
  esac
done

url=${ZEPPELIN_URL:-http://localhost:8080}
url=${url%/}

# answer PATH: what the server answers there, the text in $text, HTTP's status and where it sends one instead in $status; fails
# if there is no server.
answer() {
  text=$(curl -s -m 20 -w '\n%{http_code} %{redirect_url}' "$url/api/$1") || return
  status=${text##*$'\n'}
}

# Fails unless it is Zeppelin that answers, and it lets everybody in.
require_open_zeppelin() {
  local path
  for path in version interpreter/setting; do
    answer "$path" || fail "Zeppelin at $url no longer answers"
    case $status in
      401* | 403* | 30?*/login*)
        fail "Zeppelin at $url asks for a password; set the interpreter up and import the notes by hand: docs/notebooks.md" ;;
      200*) [[ $text != *'"body"'* ]] || continue ;;
    esac
    fail "what answers at $url is no Zeppelin: $url/api/$path gives HTTP ${status%% *} and none of its JSON (another address: ZEPPELIN_URL)"
  done
}

command -v curl >/dev/null || fail "no curl found, by which Zeppelin is asked; install it"
daemon=""
if answer version; then
  require_open_zeppelin
else
  [ -n "${ZEPPELIN_HOME:-}" ] ||
    fail "no Zeppelin answers at $url; start it, or set ZEPPELIN_URL to its address, or ZEPPELIN_HOME to the folder of a Zeppelin 0.12 on this machine"
  daemon=$ZEPPELIN_HOME/bin/zeppelin-daemon.sh
  [ -f "$daemon" ] || fail "there is no $daemon; set ZEPPELIN_HOME to the folder of a Zeppelin 0.12"
fi
need_jar
if [ -z "${SPARK_HOME:-}" ]; then use_own_spark spark-shell -Pshell; fi
[ -f "$SPARK_HOME/bin/spark-submit" ] || fail "there is no $SPARK_HOME/bin/spark-submit; set SPARK_HOME to a Spark 3.5"
compgen -G "$SPARK_HOME/jars/spark-repl_2.12-3.5.*.jar" >/dev/null ||
  fail "$SPARK_HOME/jars holds no Spark 3.5 for Scala 2.12 with its shell; set SPARK_HOME to one"

if [ -n "$daemon" ]; then
  echo "starting Zeppelin" >&2
  bash "$daemon" start >&2
  is_up() { answer version && [[ $status = 200* ]]; }
  for _ in {1..120}; do is_up && break; sleep 1; done
  is_up || fail "Zeppelin does not answer at $url within two minutes; its logs are in $ZEPPELIN_HOME/logs (another address: ZEPPELIN_URL)"
  require_open_zeppelin
fi

exec "$java" -cp "$jar:$SPARK_HOME/jars/*" org.rondo.notebook.zeppelin.ZeppelinSetup ${flags[@]+"${flags[@]}"} \
  "$url" "$jar" "$root/notebooks" "SPARK_HOME=$SPARK_HOME" ${properties[@]+"${properties[@]}"}
