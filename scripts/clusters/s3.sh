#!/usr/bin/env bash
# The same small job on local files and with its text, corpus, checkpoints and record on s3a://, stopped after half of its
# rounds and resumed from there; first on threads of one process, then on two executors. The S3 server runs on this machine,
# started and stopped here. All must end with the same parameters, bit for bit, and an output must
# have one owner. KEEP=1 keeps logs.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_own_spark
fetch "$root/build/s3" scripts/clusters/s3
clients=$(echo "$root"/build/s3/jars/hadoop-aws-*.jar):$(echo "$root"/build/s3/jars/aws-java-sdk-bundle-*.jar)

quiet_run

daemon "$work/server.log" "$java" -Xmx1g -cp "$root/build/s3/jars/*:$SPARK_HOME/jars/*" \
  "$root/scripts/clusters/s3/S3Server.java" rondo
wait_for 60 "the S3 server" grep -q "^address" "$work/server.log"
# In the environment, since settings are part of a run's record.
export AWS_ACCESS_KEY_ID=check AWS_SECRET_ACCESS_KEY=check
s3a=("fs.s3a.endpoint=$(sed -n 's/^address //p' "$work/server.log")" fs.s3a.path.style.access=true
  fs.s3a.change.detection.version.required=false
  fs.s3a.change.detection.mode=none) # this server tells no ETag of a copy, which a run makes of an earlier one

mkdir "$work/conf"
{
  echo "<configuration>"
  for setting in "${s3a[@]}"; do
    echo "<property><name>${setting%%=*}</name><value>${setting#*=}</value></property>"
  done
  echo "</configuration>"
} >"$work/conf/core-site.xml"
s3() { "$java" -cp "$work/conf:$SPARK_HOME/jars/*:$clients" org.apache.hadoop.fs.FsShell "$@" 2>>"$work/s3.log"; }
s3 -put "$text" s3a://rondo/text.md

# on_s3 OUTPUT MASTER [OPTION...]
on_s3() {
  RONDO_CLASS_PATH=$clients scripts/rondo train "$conf" --set data.path=s3a://rondo/text.md --set "output=s3a://rondo/$1" \
    "${s3a[@]/#/--set=spark.hadoop.}" --set "spark.executor.extraClassPath=$clients" --master "$2" "${@:3}"
}

# train OUTPUT MASTER [OPTION...]
train() {
  on_s3 "$@" >"$work/$1.log" 2>&1 || { tail -n 50 "$work/$1.log" >&2; fail "$1: the run failed"; }
}
for where in 'local[2]' 'local-cluster[2,1,1024]'; do
  output=on-${where%%[*}
  train "$output" "$where" --set train.rounds=15
  train "$output" "$where" --resume
  mkdir "$work/$output"
  s3 -get "s3a://rondo/$output/events.jsonl" "$work/$output/"
  report "S3, $where, stopped at round 15 and resumed" "$(sha_in "$work/$output")"
done
second_run "S3" on_s3 owned 'local[1]'
