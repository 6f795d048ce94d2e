package org.rondo.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A standalone cluster whose workers have loopback addresses of their own. To Spark they are
 * different machines, which those of local-cluster are not: it runs a speculative attempt only on
 * another machine.
 */
final class LoopbackCluster implements AutoCloseable {
  private static final int MEMORY_MB = 512;

  private final RpcEnv master;
  private final List<RpcEnv> workers = new ArrayList<>();

  /** Workers of one core each, on 127.0.0.1, 127.0.0.2 and so on. */
  LoopbackCluster(int count) {
    SparkConf conf = EmbeddedSpark.conf("unused");
    master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf)._1();
    for (int i = 1; i <= count; i++) {
      workers.add(
          Worker.startRpcEnvAndEndpoint(
              "127.0.0." + i,
              0,
              0,
              1,
              MEMORY_MB,
              new String[] {url()},
              folder(),
              Option.apply(i),
              conf,
              Option.empty()));
    }
  }

  /** What {@code spark.master} is to be. */
  String url() {
    return "spark://127.0.0.1:" + master.address().port();
  }

  /** Takes all workers off, with their executors; none comes back. */
  void stopWorkers() {
    workers.forEach(RpcEnv::shutdown);
    workers.forEach(RpcEnv::awaitTermination);
    workers.clear();
  }

  @Override
  public void close() {
    stopWorkers();
    master.shutdown();
    master.awaitTermination();
  }

  private static String folder() {
    try {
      return Files.createTempDirectory("rondo-worker").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
