package org.rondo.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.jobs.EveryExecutor;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.kernels.Counted;
import org.rondo.kernels.Kernels;
import org.rondo.training.workspace.KernelPlan;

/** Lets every executor of a cluster look at itself as {@link Doctor} looks at the driver. */
public final class ClusterDoctor {
  /** Of what decides bits, which must be the same everywhere. */
  static final String FINGERPRINT = "fingerprint";

  private static final String INSTANCES = "spark.executor.instances";

  private final JavaSparkContext spark;
  private final KernelPlan kernels;

  public ClusterDoctor(JavaSparkContext spark, KernelPlan kernels) {
    this.spark = spark;
    this.kernels = kernels;
  }

  /** What was found, by where: the executors that found the same stand together. */
  public Map<String, List<Finding>> examine() {
    KernelPlan asked = kernels;
    SortedMap<String, List<Finding>> reports =
        EveryExecutor.ask(spark, () -> Doctor.examine(asked));
    var places = new LinkedHashMap<List<Finding>, List<String>>();
    reports.forEach(
        (executor, report) -> places.computeIfAbsent(report, r -> new ArrayList<>()).add(executor));
    var found = new LinkedHashMap<String, List<Finding>>();
    places.forEach((report, executors) -> found.put(executors(executors), report));
    found.put("the cluster", together(reports));
    return found;
  }

  private static String executors(List<String> names) {
    return (names.size() == 1 ? "executor " : "executors ") + String.join(", ", names);
  }

  /** What shows only when all are looked at. */
  private List<Finding> together(SortedMap<String, List<Finding>> reports) {
    var findings = new ArrayList<Finding>();
    findings.add(presence(reports.size()));
    String here = fingerprint(Doctor.examine(kernels));
    var strangers = new ArrayList<String>();
    reports.forEach(
        (executor, report) -> {
          if (!fingerprint(report).equals(here)) {
            strangers.add(executor);
          }
        });
    findings.add(
        strangers.isEmpty()
            ? Finding.well("kernels", "the same on the driver and all executors")
            : Finding.ill(
                "kernels",
                String.format(
                    Locale.ROOT,
                    "executors %s have others than the driver, so bits would differ and a run is refused",
                    strangers),
                "cure what is ill above; where machines differ, precision = float32 with kernels.allow_mixed = true trains without equal bits"));
    return findings;
  }

  private static String fingerprint(List<Finding> report) {
    return report.stream()
        .filter(finding -> finding.topic().equals(FINGERPRINT))
        .map(finding -> Kernels.withoutThreads(finding.found()))
        .findFirst()
        .orElse("none");
  }

  /** Whether as many executors came as were asked for. */
  private Finding presence(int answered) {
    int there = EveryExecutor.count(spark);
    int wanted = wanted(spark.getConf()).orElse(there);
    String found =
        String.format(
            Locale.ROOT,
            "%d of %d answered; they run %s at a time",
            answered,
            Math.max(there, wanted),
            Counted.of(EveryExecutor.tasksAtATime(spark), "task"));
    return answered < Math.max(there, wanted)
        ? Finding.ill(
            "executors",
            found,
            "the cluster has no room for the others: ask for fewer, or for less memory (spark.executor.memory) or fewer cores (spark.executor.cores) each")
        : Finding.well("executors", found);
  }

  /** Other masters take no heed of that setting. */
  private static Optional<Integer> wanted(SparkConf conf) {
    return ExecutorMemory.isContained(conf) && conf.contains(INSTANCES)
        ? Optional.of(conf.getInt(INSTANCES, 0)) // whose error names the key
        : Optional.empty();
  }
}
