package org.rondo.bench.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * Writes down every byte that the driver takes in as results of tasks and every byte that it hands
 * out as a broadcast, counted once however many executors fetch it; at the end, the most that its
 * heap held, garbage included. To be named in {@code spark.extraListeners}; {@value #FILE} is where
 * it writes {@link org.rondo.bench.Figure} lines.
 */
public final class DriverTraffic extends SparkListener {
  static final String FILE = "spark.rondo.bench.traffic";
  static final String RECEIVED = "received";
  static final String BROADCAST = "broadcast";
  static final String HEAP = "heap";

  private final PrintWriter out;

  public DriverTraffic(SparkConf conf) throws IOException {
    out = new PrintWriter(Files.newBufferedWriter(Path.of(conf.get(FILE))));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      write(RECEIVED, end.taskInfo().finishTime(), end.taskMetrics().resultSize());
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    BlockUpdatedInfo block = update.blockUpdatedInfo();
    long bytes = block.memSize() + block.diskSize();
    if (block.blockManagerId().isDriver() && block.blockId().isBroadcast() && bytes > 0) {
      write(BROADCAST, System.currentTimeMillis(), bytes);
    }
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    write(HEAP, end.time(), peak);
    out.close();
  }

  private void write(String kind, long time, long bytes) {
    out.println(kind + "\ttime=" + time + "\tbytes=" + bytes);
  }
}
