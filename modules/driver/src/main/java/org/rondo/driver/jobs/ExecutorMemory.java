package org.rondo.driver.jobs;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.rondo.kernels.NativeMemory;
import org.rondo.training.JobMemory;

/**
 * Room beside the heap for what tasks compute in: what a configuration of Spark grants, against
 * what a job takes.
 *
 * <p>Two limits matter. The JVM's own, {@code -XX:MaxDirectMemorySize}, is the size of the heap
 * where nobody sets it. And YARN and Kubernetes end a container that outgrows its heap and {@code
 * spark.executor.memoryOverhead} together.
 */
public final class ExecutorMemory {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String DIRECT_IN_OPTIONS = "-XX:MaxDirectMemorySize in " + OPTIONS;
  private static final String CORES = "spark.executor.cores";
  private static final String DIRECT = "-XX:MaxDirectMemorySize=";
  private static final double STANDARD_FACTOR = 0.1;
  private static final long LEAST_OVERHEAD = 384;

  /** MB for classes, compiled code, threads and the garbage collector, without any reserve. */
  private static final long JVM_ITSELF = 256;

  private static final Pattern THREADS = Pattern.compile("local\\[(\\d+|\\*)(?:,.*)?]");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[.*,\\s*(\\d+)\\s*,.*]");

  private final SparkConf conf;
  private final JobMemory memory;

  /**
   * @param conf of the context that is to run the job
   */
  public ExecutorMemory(SparkConf conf, JobMemory memory) {
    this.conf = conf;
    this.memory = memory;
  }

  /** Whether a manager of containers holds executors to their memory. */
  public static boolean isContained(SparkConf conf) {
    String master = conf.get("spark.master", "");
    return master.startsWith("yarn") || master.startsWith("k8s");
  }

  /** MB beyond the heap that Spark asks for an executor: as given, or a share of the heap. */
  public static long overhead(SparkConf conf) {
    return conf.contains(OVERHEAD) ? size(conf, OVERHEAD, "") : standardOverhead(conf);
  }

  /** What Spark asks for where nothing is given, for all that a JVM takes beside its heap. */
  private static long standardOverhead(SparkConf conf) {
    return standardOverhead(heap(conf), conf.getDouble(OVERHEAD + "Factor", STANDARD_FACTOR));
  }

  private static long standardOverhead(long heap, double factor) {
    return Math.max((long) (factor * heap), LEAST_OVERHEAD);
  }

  private static long heap(SparkConf conf) {
    return size(conf, "spark.executor.memory", "1g");
  }

  /** In MB. */
  private static long size(SparkConf conf, String key, String standard) {
    return size(key, conf.get(key, standard), JavaUtils::byteStringAsMb);
  }

  /** Spark's own error would not say where the size stands. */
  private static long size(String key, String value, ToLongFunction<String> reader) {
    try {
      return reader.applyAsLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s = %s, expected a size such as 800m or 4g", key, value), e);
    }
  }

  private static int count(SparkConf conf, String key, String standard) {
    String value = conf.get(key, standard).strip();
    if (!value.matches("0*[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s = %s, expected a whole number of at least 1", key, value));
    }
    return Integer.parseInt(value);
  }

  /** MB that the native buffers of an executor's tasks take. */
  public long needed() {
    return megabytes(memory.ofTasks(tasksAtOnce()));
  }

  /** What is needed, in words. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "tasks at a time in an executor: %d; their native buffers take %,d MB",
        tasksAtOnce(),
        needed());
  }

  /** MB of overhead that leave room for them. */
  public long neededOverhead() {
    return standardOverhead(conf) + needed();
  }

  /** MB of overhead that leave room for what the driver computes itself. */
  public long driverOverhead() {
    long heap = size(conf, "spark.driver.memory", "1g");
    double factor = conf.getDouble("spark.driver.memoryOverheadFactor", STANDARD_FACTOR);
    return standardOverhead(heap, factor) + megabytes(memory.driver());
  }

  /** Tasks that one executor runs at a time, at most. */
  public int tasksAtOnce() {
    int cores = cores().orElse(memory.tasks());
    return Math.max(1, Math.min(memory.tasks(), cores / count(conf, "spark.task.cpus", "1")));
  }

  /** Of an executor; empty on a standalone cluster, where by default it has all of its worker's. */
  private Optional<Integer> cores() {
    String master = conf.get("spark.master", "");
    Matcher threads = THREADS.matcher(master);
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (threads.matches()) {
      return Optional.of(
          threads.group(1).equals("*")
              ? Runtime.getRuntime().availableProcessors()
              : Integer.parseInt(threads.group(1)));
    }
    if (cluster.matches()) {
      return Optional.of(Integer.parseInt(cluster.group(1)));
    }
    if (master.equals("local")) {
      return Optional.of(1);
    }
    return isContained(conf) || conf.contains(CORES)
        ? Optional.of(count(conf, CORES, "1"))
        : Optional.empty();
  }

  /**
   * Gives executors that room where the user did not say how much they have; to be called before
   * the context starts.
   */
  public void provide() {
    if (isLocal()) {
      return;
    }
    String options = conf.get(OPTIONS, "");
    if (!options.contains(DIRECT)) {
      // What the JVM allows by default, for others' buffers, and ours.
      conf.set(
          OPTIONS,
          String.format(Locale.ROOT, "%s %s%dm", options, DIRECT, heap(conf) + needed()).strip());
    }
    conf.setIfMissing(OVERHEAD, neededOverhead() + "m");
  }

  /**
   * Too little room.
   *
   * @param found the setting, its value, and what it would have to hold
   * @param cure what to do about it
   */
  public record Shortage(String found, String cure) {}

  /**
   * Refuses a configuration under which tasks would run out of memory, or be killed, in the middle
   * of a run.
   *
   * @return the job's memory, for which there is room
   * @throws IllegalArgumentException with the setting, its value, and one that does
   */
  public JobMemory require() {
    shortage()
        .ifPresent(
            shortage -> {
              throw new IllegalArgumentException(shortage.found + "; " + shortage.cure);
            });
    return memory;
  }

  /** What is missing; empty where the native buffers fit. */
  public Optional<Shortage> shortage() {
    if (isLocal()) {
      return shortageHere();
    }
    return shortageOfDirectMemory().or(this::shortageOfOverhead);
  }

  private Optional<Shortage> shortageHere() {
    long limit = megabytes(NativeMemory.limit());
    return limit >= needed()
        ? Optional.empty()
        : Optional.of(
            new Shortage(
                String.format(
                    Locale.ROOT,
                    "this JVM allows %,d MB beside its heap, less than the %,d MB that %s",
                    limit,
                    needed(),
                    takers()),
                String.format(
                    Locale.ROOT,
                    "start it with %s%dm (RONDO_JAVA_OPTS for scripts/rondo), run fewer tasks at a time by --master 'local[N]', or lower train.batch, train.unroll or network.units",
                    DIRECT,
                    limit + needed())));
  }

  private Optional<Shortage> shortageOfDirectMemory() {
    Optional<Long> given = direct();
    long limit = given.orElseGet(() -> heap(conf));
    if (limit >= needed()) {
      return Optional.empty();
    }
    String found =
        given.isPresent()
            ? String.format(Locale.ROOT, "%s%dm in %s", DIRECT, limit, OPTIONS)
            : String.format(
                Locale.ROOT,
                "the heap of an executor, %,d MB, bounds its native buffers as well, and",
                limit);
    return Optional.of(
        new Shortage(
            String.format(
                Locale.ROOT, "%s is less than the %,d MB that %s", found, needed(), takers()),
            String.format(
                Locale.ROOT,
                "set %s%dm in %s before Spark starts; the rondo command does where nothing is set",
                DIRECT,
                heap(conf) + needed(),
                OPTIONS)));
  }

  private Optional<Shortage> shortageOfOverhead() {
    return !isContained(conf) || overhead(conf) >= needed() + JVM_ITSELF
        ? Optional.empty()
        : Optional.of(
            new Shortage(
                String.format(
                    Locale.ROOT,
                    "%s = %dm is too little: %s %,d MB, and the JVM itself some %d MB",
                    OVERHEAD,
                    overhead(conf),
                    takers(),
                    needed(),
                    JVM_ITSELF),
                String.format(
                    Locale.ROOT,
                    "give at least %dm before Spark starts; the rondo command does where nothing is set",
                    neededOverhead())));
  }

  private String takers() {
    return String.format(
        Locale.ROOT,
        "the native buffers of %d %s at a time take",
        tasksAtOnce(),
        tasksAtOnce() == 1 ? "task" : "tasks");
  }

  private boolean isLocal() {
    String master = conf.get("spark.master", "");
    return master.startsWith("local") && !master.startsWith("local-cluster");
  }

  /** What the executors' JVM options grant native buffers, in MB; empty if they do not say. */
  private Optional<Long> direct() {
    return Pattern.compile(Pattern.quote(DIRECT) + "(\\S+)")
        .matcher(conf.get(OPTIONS, ""))
        .results()
        .reduce((earlier, last) -> last)
        .map(match -> size(DIRECT_IN_OPTIONS, match.group(1), JavaUtils::byteStringAsBytes))
        .map(ExecutorMemory::megabytes);
  }

  /** Rounded up. */
  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
