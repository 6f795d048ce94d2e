# What this machine must have before a JVM starts, each with its cure; sourced by launch.sh. Sets $java and $temporary, and
# exports a locale of UTF-8.

# use_utf8: Java takes the charset of file names and arguments from the locale, and from nowhere else.
use_utf8() {
  local name
  # A system without this command, such as Alpine, has no other charset.
  command -v locale >/dev/null || { export LC_ALL=C.UTF-8; return; }
  [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
  for name in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\?8$'); do
    if [ "$(env LC_ALL="$name" locale charmap 2>/dev/null)" = UTF-8 ]; then export LC_ALL=$name; return; fi
  done
  no_utf8=yes
}

# require_text WHAT WORD...: refuses words that a JVM would read as others.
require_text() {
  local what=$1 word
  shift
  for word in "$@"; do
    if is_ascii "$word"; then continue; fi
    [ -z "${no_utf8:-}" ] ||
      fail "$what '$word' needs a locale of UTF-8, and none is installed: install C.UTF-8 or another (Debian: locales, Red Hat: glibc-langpack-en)"
    ! printf '%s\n' "$word" | grep -qavx '.*' || fail "$what '$word' is not in UTF-8: convert it, or rename the file"
  done
}
is_ascii() { local LC_ALL=C; [[ $1 != *[$'\x80'-$'\xff']* ]]; }

# What it said, but for the JVM's remarks on its options.
remark() { printf '%s\n' "$1" | grep -v 'Picked up ' | head -n 2 | paste -sd ' '; }

# use_java: $java, a JVM with the module of the vector code, of the release $java_release.
use_java() {
  local about
  java=java
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME = $JAVA_HOME holds no bin/java; set it to a JDK 17, or unset it to take the java of the PATH"
  else
    command -v java >/dev/null || fail "no Java found; install a JDK 17 or set JAVA_HOME"
  fi
  if ! about=$("$java" --add-modules=jdk.incubator.vector -version 2>&1); then
    case $about in
      *FindException*) fail "'$java' lacks the module jdk.incubator.vector, as reduced runtimes do; set JAVA_HOME to a whole JDK 17" ;;
    esac
    about=$("$java" -version 2>&1) || fail "'$java' does not start: $(remark "$about")"
  fi
  java_release=$(printf '%s\n' "$about" | grep -v 'Picked up ' | sed -n 's/^[^"]* version "\([0-9]*\).*/\1/p' | head -n 1)
  case $java_release in 17 | 21 | 25) ;; *)
    fail "Java 17, 21 or 25 is needed, '$java' is Java ${java_release:-of an unknown version}; set JAVA_HOME to a JDK 17"
  esac
}

# require_java_for_spark: $java_release is one that the Spark in $SPARK_HOME runs on.
require_java_for_spark() {
  local spark releases
  spark=$(basename "$SPARK_HOME"/jars/spark-core_*.jar .jar)
  spark=${spark##*-}
  case $spark in
    3.* | 4.0.* | 4.1.*) releases="17 or 21" ;;
    *) releases="17, 21 or 25" ;;
  esac
  [[ $releases == *$java_release* ]] ||
    fail "Spark $spark runs on Java $releases, '$java' is Java $java_release; set JAVA_HOME to a JDK 17"
}

# require_limits: below these a JVM ends in the middle of its start, with an error of its own.
require_limits() {
  local files threads size
  files=$(ulimit -Hn) # the JVM raises its own to the hard limit
  [ "$files" = unlimited ] || [ "$files" -ge 512 ] ||
    fail "this shell allows a process $files open files, and Spark takes some 400; raise the limit: ulimit -n 4096"
  size=$(ulimit -f)
  [ "$size" = unlimited ] || [ "$size" -ge 1024 ] ||
    fail "this shell allows files of $size kB at most, and those of a run are larger; raise the limit: ulimit -f unlimited"
  threads=$(ulimit -u)
  [ "$threads" = unlimited ] || [ "$(id -u)" = 0 ] || [ "$threads" -ge 256 ] ||
    fail "this shell allows a user $threads processes and threads, and Spark takes some 200; raise the limit: ulimit -u 4096"
}

# use_temporary: $temporary, a folder with room.
use_temporary() {
  local probe
  temporary=${TMPDIR:-/tmp}
  { probe=$(mktemp "$temporary/rondo-probe-XXXXXX") && head -c 65536 /dev/zero >"$probe"; } 2>/dev/null || {
    rm -f "${probe:-}"
    fail "the temporary folder $temporary cannot be written to, or is full; set TMPDIR to another one, or make room"
  }
  rm -f "$probe"
}
