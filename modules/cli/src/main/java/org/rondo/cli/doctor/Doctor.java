package org.rondo.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkBuildInfo;
import org.rondo.cli.submit.ClusterManager;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.JavacppLimits;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.runs.SettingsException;
import org.rondo.runs.spark.StandaloneMasters;
import org.rondo.training.Versions;
import org.rondo.training.workspace.KernelPlan;

/** Looks at the machine and process that it runs in with the eyes of a training run. */
public final class Doctor {
  /** What oneDNN's library is linked against. */
  private static final int[] LEAST_GLIBC = {2, 34};

  private Doctor() {}

  /** Looks at this process and machine. */
  public static List<Finding> examine(KernelPlan kernels) {
    var findings = new ArrayList<Finding>();
    findings.add(java());
    findings.add(rondo());
    findings.add(vectorModule());
    findings.add(threads());
    findings.addAll(kernels(kernels));
    findings.add(glibc(libraryOfThisProcess()));
    findings.add(memory());
    findings.addAll(ProcessDoctor.examine());
    return findings;
  }

  private static Finding java() {
    String found =
        String.format(Locale.ROOT, "%s, %s", Runtime.version(), System.getProperty("java.vendor"));
    List<Integer> releases = releases(SparkBuildInfo.spark_version());
    return releases.contains(Runtime.version().feature())
        ? Finding.well("Java", found)
        : Finding.ill(
            "Java",
            found,
            String.format(
                Locale.ROOT,
                "Spark %s runs on Java %s: set JAVA_HOME to a JDK 17",
                SparkBuildInfo.spark_version(),
                releases));
  }

  /** The releases of Java that a Spark runs on, among those of long support. */
  static List<Integer> releases(String spark) {
    return spark.matches("3\\..*|4\\.[01]\\..*") ? List.of(17, 21) : List.of(17, 21, 25);
  }

  private static Finding rondo() {
    String found =
        String.format(
            Locale.ROOT, "%s with Spark %s", Versions.rondo(), SparkBuildInfo.spark_version());
    return SparkBuildInfo.spark_version().equals(Versions.spark())
        ? Finding.well("Rondo", found)
        : Finding.ill(
            "Rondo",
            String.format(Locale.ROOT, "%s; it was built for %s", found, Versions.spark()),
            String.format(
                Locale.ROOT,
                "build Rondo with -Dspark.version=%s, or use that Spark",
                SparkBuildInfo.spark_version()));
  }

  private static Finding vectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Finding.well("vector module", "jdk.incubator.vector is loaded")
        : Finding.ill(
            "vector module",
            "jdk.incubator.vector is not loaded, so element-wise code is slow",
            "start the JVM with --add-modules=jdk.incubator.vector, as scripts/rondo and scripts/rondo-submit do; in a notebook, docs/notebooks.md");
  }

  private static Finding threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    String threads = System.getenv("OMP_NUM_THREADS");
    return "1".equals(threads)
        ? Finding.well(
            "threads",
            String.format(Locale.ROOT, "%s; OMP_NUM_THREADS = 1", Counted.of(cores, "core")))
        : Finding.ill(
            "threads",
            String.format(
                Locale.ROOT,
                "%s; OMP_NUM_THREADS = %s, so every task starts threads of its own",
                Counted.of(cores, "core"),
                threads),
            "export OMP_NUM_THREADS=1, as scripts/rondo does; for executors spark.executorEnv.OMP_NUM_THREADS=1");
  }

  private static List<Finding> kernels(KernelPlan plan) {
    var findings = new ArrayList<Finding>();
    try {
      for (String line : plan.choose().explanation()) {
        findings.add(
            line.contains(Kernels.UNAVAILABLE)
                ? Finding.ill(
                    "kernels",
                    line,
                    "a slower one runs; docs/troubleshooting.md, Kernels, says more")
                : Finding.well("kernels", line));
      }
      findings.add(precision(plan));
      findings.add(
          Finding.well(ClusterDoctor.FINGERPRINT, plan.choose().fingerprint(ElementType.FLOAT32)));
    } catch (IllegalArgumentException e) {
      findings.add(
          Finding.ill(
              "kernels", e.getMessage(), "set kernels.matmul and kernels.elementwise to auto"));
    }
    return findings;
  }

  private static Finding precision(KernelPlan plan) {
    boolean bfloat16 = plan.multipliesBfloat16();
    String products = plan.choose().matmul().name();
    return plan.slowPrecision()
        .map(slow -> Finding.ill("precision", slow, "set precision to auto or float32"))
        .orElseGet(
            () ->
                Finding.well(
                    "precision",
                    String.format(
                        Locale.ROOT,
                        "%s; auto means %s here, since %s %s products of bfloat16; a run takes what its driver and all executors have",
                        plan.precision(),
                        bfloat16 ? "bfloat16" : "float32",
                        products,
                        bfloat16 ? "has" : "has no")));
  }

  private static String libraryOfThisProcess() {
    try {
      Process process = new ProcessBuilder("getconf", "GNU_LIBC_VERSION").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * @param found such as {@code glibc 2.36}; empty where there is another C library
   */
  static Finding glibc(String found) {
    Matcher version = Pattern.compile("glibc (\\d+)\\.(\\d+).*").matcher(found);
    boolean recent =
        version.matches()
            && Arrays.compare(
                    new int[] {
                      Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))
                    },
                    LEAST_GLIBC)
                >= 0;
    return recent
        ? Finding.well("C library", found)
        : Finding.ill(
            "C library",
            String.format(
                Locale.ROOT,
                "%s; oneDNN needs glibc %d.%d",
                found.isEmpty() ? "not glibc" : found,
                LEAST_GLIBC[0],
                LEAST_GLIBC[1]),
            "run on a system that has it, such as Debian 12, Ubuntu 22.04 or RHEL 9; or let ND4J multiply (README.md, Kernels)");
  }

  private static Finding memory() {
    long physical =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long heap = Runtime.getRuntime().maxMemory();
    String found =
        String.format(
            Locale.ROOT,
            "machine %,d MB; heap up to %,d MB; native buffers up to %,d MB; JavaCPP %s",
            physical >> 20,
            heap >> 20,
            NativeMemory.limit() >> 20,
            JavacppLimits.description());
    return heap < 512L << 20
        ? Finding.ill(
            "memory",
            found,
            "give more: RONDO_JAVA_OPTS=-Xmx2g for scripts/rondo, spark.driver.memory and spark.executor.memory for a cluster")
        : Finding.well("memory", found);
  }

  /**
   * Whether that master can start here.
   *
   * @param home folder that executors of local-cluster start from; may be null
   */
  public static Finding master(String master, String home) {
    if (master.startsWith("local-cluster")
        && (home == null || !Files.isDirectory(Path.of(home, "jars")))) {
      return Finding.ill(
          "master",
          String.format(
              Locale.ROOT, "%s; SPARK_HOME = %s holds no jars for the executors", master, home),
          "start through scripts/rondo, which fetches them");
    }
    try {
      ClusterManager.of(master);
    } catch (SettingsException e) {
      return Finding.ill("master", e.getMessage(), "name the master of your cluster, or local[*]");
    }
    return StandaloneMasters.silence(master)
        .map(
            silence ->
                Finding.ill("master", silence, "start that master, or name the one that runs"))
        .orElseGet(() -> Finding.well("master", master));
  }

  /** Whether the native buffers of a job's tasks fit. */
  static Finding buffers(ExecutorMemory memory) {
    return memory
        .shortage()
        .map(shortage -> Finding.ill("buffers", shortage.found(), shortage.cure()))
        .orElseGet(() -> Finding.well("buffers", memory.description()));
  }
}
