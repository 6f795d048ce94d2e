import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.rondo.kernels.NativeMemory;

/**
 * What a JVM holds, in bytes, after a garbage collection, and after the C library gave memory that
 * was freed back to the system.
 *
 * @param resident resident memory, as /proc has it
 * @param heap the heap's committed memory
 * @param code compiled code and classes, committed
 * @param buffers of the network's arrays
 */
record Footprint(long resident, long heap, long code, long buffers) implements Serializable {
  /** Of this process. */
  static Footprint here() throws Exception {
    System.gc();
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "systemTrimNativeHeap",
            null,
            null);
    var memory = ManagementFactory.getMemoryMXBean();
    return new Footprint(
        residentNow(),
        memory.getHeapMemoryUsage().getCommitted(),
        memory.getNonHeapMemoryUsage().getCommitted(),
        NativeMemory.used());
  }

  /** Of each executor, by its name. */
  static Map<String, Footprint> ofExecutors(SparkSession spark, int executors) {
    var found = new TreeMap<String, Footprint>();
    List<Integer> tasks = IntStream.range(0, 4 * executors).boxed().toList();
    while (found.size() < executors) {
      JavaSparkContext.fromSparkContext(spark.sparkContext())
          .parallelize(tasks, tasks.size())
          .mapToPair(
              task -> {
                Thread.sleep(200); // until the other executors have a task too
                return new scala.Tuple2<>(SparkEnv.get().executorId(), here());
              })
          .collect()
          .forEach(of -> found.put("executor " + of._1(), of._2()));
    }
    return found;
  }

  /** The rest: what native code holds, stacks, and what the garbage collector keeps books with. */
  long other() {
    return resident - heap - code;
  }

  String columns() {
    return String.format(
        Locale.ROOT,
        "%.0f | %.0f | %.0f | %.1f",
        resident / 1e6,
        code / 1e6,
        other() / 1e6,
        buffers / 1e6);
  }

  private static long residentNow() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IllegalStateException("/proc/self/status tells no VmRSS");
  }
}
