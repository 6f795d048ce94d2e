# What the scripts that start Rondo or Spark from this checkout share; sourced by them. Sets $root, $java, what the JVM is
# started with, and functions that build or fetch what is missing.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 2
}

source "$root/scripts/machine.sh"
use_utf8
require_text "the path" "$root" "$PWD" "${TMPDIR:-}"
case $root in *:*) fail "this checkout lies in $root, and a class path of Java cannot hold a colon; move it, or rename that folder" ;; esac
require_limits
use_temporary
use_java

# The line of Spark, 3.5 for Scala 2.12 or 4 for Scala 2.13: RONDO_SPARK, or that of a Spark that a script was given.
spark_line=${RONDO_SPARK:-3.5}

# What Spark needs of Java 17 and newer.
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
# The compiler keeps the vector passes apart: in a large enough caller it would make an object of every vector.
vector=(--add-modules=jdk.incubator.vector -XX:CompileCommand=quiet
  '-XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*')

# One task is one thread: oneDNN reads this once, when it loads.
export OMP_NUM_THREADS=1

# use_spark_line: $built, the folder of the line's jar, $profile, Maven's options for it; what Spark's launcher of executors
# looks for where it does not run from a distribution's own scripts.
use_spark_line() {
  case $spark_line in
    3.5) built=$root/modules/cli/target home_of_line='' profile=() SPARK_SCALA_VERSION=2.12 ;;
    4) built=$root/modules/cli/target/spark4 home_of_line=-spark4 profile=(-Pspark4) SPARK_SCALA_VERSION=2.13 ;;
    *) fail "RONDO_SPARK = $spark_line is neither 3.5 nor 4" ;;
  esac
  export SPARK_SCALA_VERSION
}
use_spark_line

# Maven's own output is of use only when it fails.
quietly() {
  local log
  log=$(mktemp)
  "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; fail "the build failed: $*"; }
  rm -f "$log"
}

need_maven() { command -v mvn >/dev/null || fail "no Maven found, which $1; install Maven 3.8.6 or newer"; }

# Rondo's jar as $jar: RONDO_JAR, or the one that is built here if there is none yet.
need_jar() {
  jar=${RONDO_JAR:-}
  if [ -n "$jar" ]; then
    [ -f "$jar" ] || fail "RONDO_JAR = $jar does not exist; correct it, or unset it to use the jar that is built here"
    case $jar in *:*) fail "RONDO_JAR = $jar holds a colon, which a class path of Java cannot; rename it" ;; esac
    return
  fi
  local jars=("$built"/rondo-[0-9]*.jar)
  if [ ! -f "${jars[0]}" ]; then
    need_maven "builds the jar"
    echo "rondo: building the jar, once" >&2
    quietly mvn -B -f "$root/pom.xml" "${profile[@]}" -DskipTests -pl modules/cli -am package
    jars=("$built"/rondo-[0-9]*.jar)
  elif [ -n "$(find "$root"/modules/*/src/main -newer "${jars[0]}" -print -quit)" ]; then
    # Not built by itself: a run may be using the jar.
    echo "rondo: sources are newer than the jar; mvn ${profile[*]} -DskipTests package brings it up to date" >&2
  fi
  jar=${jars[0]}
}

# use_own_spark [NAME [OPTION OF MAVEN...]]: a SPARK_HOME of jars from Maven and a spark-submit, fetched once.
use_own_spark() {
  export SPARK_HOME=$root/build/${1:-spark-home}$home_of_line
  if [ ! -d "$SPARK_HOME/jars" ]; then
    need_maven "fetches Spark"
    echo "rondo: fetching Spark from Maven into $SPARK_HOME, once" >&2
    rm -rf "$SPARK_HOME.part"
    quietly mvn -B -f "$root/scripts/spark-home" "${profile[@]}" "${@:2}" dependency:copy-dependencies \
      -DincludeScope=runtime -DoutputDirectory="$SPARK_HOME.part/jars"
    rm -rf "$SPARK_HOME"
    mv "$SPARK_HOME.part" "$SPARK_HOME"
  fi
  mkdir -p "$SPARK_HOME/bin"
  cmp -s "$root/scripts/spark-home/spark-submit" "$SPARK_HOME/bin/spark-submit" ||
    install "$root/scripts/spark-home/spark-submit" "$SPARK_HOME/bin/spark-submit"
  sweep_work
}

# sweep_work: what local-cluster left in our own SPARK_HOME, a copy of the jar for each executor, where no process is at home.
sweep_work() {
  local folder
  for folder in "$SPARK_HOME"/work/app-??????????????-????; do
    if [ -O "$folder" ] && [ -n "$(find "$folder" -maxdepth 0 -mmin +2)" ] &&
      ! ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -qF -- "-> $folder/"; then
      rm -rf "$folder"
    fi
  done
}

# use_run_folder: $run_folder, of this process alone: temporary files, and a SPARK_HOME in which the executors of
# local-cluster have theirs. Its lock is held until this process ends, whatever it becomes and however it ends; then the
# folder goes, at the latest when another one is made.
use_run_folder() {
  command -v flock >/dev/null || return 0
  local mark="folder of a run of Rondo" folder entry
  for folder in "$temporary"/rondo-run-??????; do
    if [ -O "$folder" ] && [ -f "$folder/lock" ] && [ "$(head -n 1 "$folder/lock")" = "$mark" ]; then
      # Not by its name, which flock would make again where another start has just removed it.
      (exec {held}<"$folder/lock" && flock --nonblock "$held" && rm -rf "$folder/spark" "$folder/tmp" "$folder") 2>/dev/null || true
    fi
  done
  run_folder=$(mktemp -d "$temporary/rondo-run-XXXXXX")
  exec {lock}>"$run_folder/lock.new"
  flock "$lock"
  echo "$mark" >&"$lock"
  mv "$run_folder/lock.new" "$run_folder/lock" # not seen before it is held
  # A child of a child, which ended: executors stay the only children of the JVM. Signals are meant for those.
  (trap '' HUP INT TERM && exec {lock}>&- && (flock "$run_folder/lock" rm -rf "$run_folder/spark" "$run_folder/tmp" "$run_folder" &)) \
    </dev/null >/dev/null 2>&1
  mkdir "$run_folder/tmp" "$run_folder/spark"
  for entry in "$SPARK_HOME"/*; do
    case $entry in */work) ;; *) ln -s "$entry" "$run_folder/spark/" ;; esac
  done
  SPARK_HOME=$run_folder/spark
}

# run_rondo ARGUMENT...: becomes the rondo command, on the jars of $SPARK_HOME.
run_rondo() {
  local columns=0
  require_java_for_spark
  require_text argument "$@"
  # What the command calls itself, and whether text that it writes meets a terminal.
  export RONDO_COMMAND=$0 RONDO_TERMINAL=no
  [ ! -t 1 ] || RONDO_TERMINAL=yes
  [ ! -t 2 ] || columns=$(stty size <&2 2>/dev/null | cut -d' ' -f2 || true)
  # A JVM takes one collector alone, and the user's goes first.
  collector=-XX:+UseParallelGC
  [[ ${RONDO_JAVA_OPTS:-} != *-XX:+Use*GC* ]] || collector=
  # shellcheck disable=SC2086 # RONDO_JAVA_OPTS is a list of flags
  exec "$java" "${opens[@]}" "${vector[@]}" $collector -Drondo.columns="${columns:-80}" \
    -Djava.io.tmpdir="${run_folder:-$temporary}${run_folder:+/tmp}" ${RONDO_JAVA_OPTS:-} \
    -cp "$jar:$SPARK_HOME/jars/*${HADOOP_CONF_DIR:+:$HADOOP_CONF_DIR}${RONDO_CLASS_PATH:+:$RONDO_CLASS_PATH}" \
    org.rondo.cli.Main "$@"
}

# run_spark_daemon CLASS ARGUMENT...: becomes a master or a worker of a standalone cluster.
run_spark_daemon() { exec "$java" -Xmx512m "${opens[@]}" -cp "$SPARK_HOME/jars/*" "$@"; }
