#!/usr/bin/env bash
# The same small job on threads of one process and on YARN, by scripts/rondo-submit and by spark-submit alone, in client and in
# cluster mode, its text, corpus and output on HDFS: both servers run on this machine, started and stopped here. All must end
# with the same parameters, bit for bit, and an output on HDFS must have one owner. Runs Spark 3.5.5. KEEP=1 keeps logs.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_own_spark spark-home-yarn -Pyarn
fetch "$root/build/hadoop" scripts/clusters/hadoop
hadoop_jars="$root/build/hadoop/jars/*"

quiet_run

JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
export JAVA_HOME HADOOP_CONF_DIR=$work/conf
mkdir "$work/servers"
daemon "$work/servers.log" env -C "$work/servers" "$java" -Xmx1g "${opens[@]}" -cp "$hadoop_jars" \
  "$root/scripts/clusters/hadoop/HadoopServers.java" "$HADOOP_CONF_DIR"
wait_for 120 "HDFS and YARN" test -d "$HADOOP_CONF_DIR"

hdfs() { "$java" -cp "$HADOOP_CONF_DIR:$hadoop_jars" org.apache.hadoop.fs.FsShell "$@" 2>>"$work/hdfs.log"; }
hdfs -mkdir -p /rondo
hdfs -put "$text" /rondo/text.md

# Two executors of one core each; Spark's jars lie on all machines.
size=(--driver-memory 700m --executor-memory 700m --executor-cores 1 --num-executors 2
  --conf "spark.yarn.jars=local:$SPARK_HOME/jars/*")
# job OUTPUT
job() { job=(--set data.path=/rondo/text.md --set "output=/rondo/$1"); }

# submit OUTPUT MODE [OPTION...] CONF: by spark-submit alone.
submit() {
  job "$1"
  "$SPARK_HOME/bin/spark-submit" --master yarn --deploy-mode "$2" --class org.rondo.cli.Main "${size[@]}" \
    --conf "spark.driver.extraJavaOptions=$driver_flags" --conf spark.yarn.maxAppAttempts=1 \
    --conf spark.yarn.appMasterEnv.OMP_NUM_THREADS=1 "${@:3:$#-3}" "$jar" train "${@: -1}" "${job[@]}"
}

# by_rondo OUTPUT MODE: by scripts/rondo-submit.
by_rondo() {
  job "$1"
  scripts/rondo-submit --master yarn --deploy-mode "$2" "${size[@]}" train "$conf" "${job[@]}"
}

# check WHAT HOW OUTPUT ARGUMENT...
check() {
  "${@:2}" >"$work/$3.log" 2>&1 || { tail -n 50 "$work/$3.log" >&2; fail "$3: spark-submit failed"; }
  mkdir "$work/$3"
  hdfs -get "/rondo/$3/events.jsonl" "$work/$3/"
  report "$1" "$(sha_in "$work/$3")"
}
check "YARN and HDFS, rondo-submit, client mode" by_rondo rondo-client client
check "YARN and HDFS, rondo-submit, cluster mode" by_rondo rondo-cluster cluster
check "YARN and HDFS, spark-submit, client mode" submit client client "$conf"
check "YARN and HDFS, spark-submit, cluster mode" submit cluster cluster --files "$conf" job.conf
second_run "HDFS" scripts/rondo train "$conf" --set data.path=/rondo/text.md --set output=/rondo/owned --master 'local[1]'
