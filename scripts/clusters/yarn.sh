#!/usr/bin/env bash
# The same small job on threads of one process and through spark-submit on YARN, in client and in cluster mode, its text,
# corpus and output on HDFS: both servers run on this machine, started and stopped here. All must end with the same
# parameters, bit for bit. Runs Spark 3.5.5. KEEP=1 keeps logs.
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

# submit OUTPUT MODE [OPTION...] CONF
submit() {
  "$SPARK_HOME/bin/spark-submit" --master yarn --deploy-mode "$2" --class org.rondo.cli.Main \
    --driver-memory 700m --executor-memory 700m --executor-cores 1 --num-executors 2 \
    --conf "spark.yarn.jars=local:$SPARK_HOME/jars/*" --conf "spark.driver.extraJavaOptions=$driver_flags" \
    --conf spark.yarn.maxAppAttempts=1 --conf spark.yarn.appMasterEnv.OMP_NUM_THREADS=1 "${@:3:$#-3}" \
    "$jar" train "${@: -1}" --set data.path=/rondo/text.md --set "output=/rondo/$1" >"$work/$1.log" 2>&1 ||
    { tail -n 50 "$work/$1.log" >&2; fail "$1: spark-submit failed"; }
  mkdir "$work/$1"
  hdfs -get "/rondo/$1/events.jsonl" "$work/$1/"
}
submit client client "$conf"
report "YARN and HDFS, client mode" "$(sha_in "$work/client")"
submit cluster cluster --files "$conf" job.conf
report "YARN and HDFS, cluster mode" "$(sha_in "$work/cluster")"
