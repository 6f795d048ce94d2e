# What the checks and the measurements of Spark ML share; sourced by them. Compiles the programs of this folder against the jar
# and Spark.
source "$(dirname "${BASH_SOURCE[0]}")/../clusters/common.sh"
use_own_spark
mkdir -p "$work/sparkml"
class_path="$jar:$SPARK_HOME/jars/*"
"${java}c" -cp "$class_path" -d "$work/sparkml" scripts/sparkml/*.java
"${java%java}jar" --create --file "$work/sparkml.jar" -C "$work/sparkml" . # executors run parts of them

# The command of a program: a heap that is resident from the start, so that what grows is not the heap.
command=("$java" "${opens[@]}" "${vector[@]}" "-Xms${heap:=1g}" "-Xmx$heap" -XX:+AlwaysPreTouch -XX:+UseParallelGC
  -cp "$work/sparkml:$class_path" "-Dspark.jars=$jar,$work/sparkml.jar")

# program NAME ARGUMENT...: what it prints in $work/out.
program() {
  "${command[@]}" "$@" >"$work/out" 2>"$work/err" || { tail -n 40 "$work/err" >&2; fail "$1 failed"; }
}
