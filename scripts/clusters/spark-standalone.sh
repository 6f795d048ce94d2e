# A standalone cluster of this machine, for the checks that source this file: a master, and workers each on a loopback address
# of its own, since Spark starts speculative copies of a task on other hosts only.

# start_master NAME [PROPERTIES]: sets $master.
start_master() {
  cluster=$1
  properties=(${2:+--properties-file "$2"})
  workers=()
  daemon "$work/$cluster-master.log" run_spark_daemon org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port 0 --webui-port 0 "${properties[@]}"
  wait_for 60 "the master of $cluster" grep -q "Starting Spark master at spark" "$work/$cluster-master.log"
  master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$work/$cluster-master.log")
}

# start_worker NUMBER CORES: on 127.0.0.(NUMBER + 1); sets workers[NUMBER].
start_worker() {
  local log=$work/$cluster-worker-$1.log
  : >"$log"
  SPARK_LOCAL_IP=127.0.0.$(($1 + 1)) daemon "$log" run_spark_daemon org.apache.spark.deploy.worker.Worker \
    "$master" --host "127.0.0.$(($1 + 1))" --cores "$2" --memory 3g --webui-port 0 \
    --work-dir "$work/$cluster-work-$1" "${properties[@]}"
  workers[$1]=$started
  wait_for 60 "worker $1 of $cluster" grep -q "Successfully registered with master" "$log"
}
