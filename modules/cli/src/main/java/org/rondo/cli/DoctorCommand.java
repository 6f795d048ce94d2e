package org.rondo.cli;

import java.io.File;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.doctor.ClusterDoctor;
import org.rondo.cli.doctor.Doctor;
import org.rondo.cli.doctor.Finding;
import org.rondo.cli.doctor.RunDoctor;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.workspace.KernelPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo doctor}: says what this machine lacks, and the cure. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Looks at this machine and says the cure of what is wrong.",
    description = {
      "Java, kernels and why they were chosen, precision, threads, C library, memory, Spark; with",
      "a configuration also its text, the room that its tasks need, and its output. With --cluster,",
      "a job on the master lets every executor look at itself in the same way."
    })
final class DoctorCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "CONF", description = "Configuration file, if any.")
  private File file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets a key over the file.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description = "Spark master that a run would go to.")
  private String master;

  @Option(names = "--cluster", description = "Asks every executor of the master as well.")
  private boolean cluster;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var status = StatusLine.standardError(spec.commandLine().getErr());
    try (var interrupts = Interrupts.listen(status)) {
      interrupts.starting();
      return (examined() ? ExitCode.DONE : ExitCode.FAILED).number();
    }
  }

  /**
   * @return whether all is well
   */
  private boolean examined() {
    Settings settings =
        (file == null ? Settings.defaults() : Settings.load(file)).with(overrides, "--set");
    SparkConf conf = SparkStart.conf(settings, Optional.ofNullable(master));
    KernelPlan kernels = new Plans(settings).kernels();
    spec.commandLine().getOut().println(spec.root().version()[0]);
    var here = new ArrayList<Finding>(Doctor.examine(kernels));
    here.add(Doctor.master(conf.get("spark.master"), System.getenv("SPARK_HOME")));
    if (file != null || settings.optional("output").isPresent()) {
      here.addAll(
          new RunDoctor(settings, SparkStart.hadoop(settings, Optional.ofNullable(master)))
              .examine(conf, note -> spec.commandLine().getErr().println("rondo: " + note)));
    }
    boolean well = print("this process", here);
    if (cluster) {
      try (JavaSparkContext spark = SparkStart.context("doctor", conf)) {
        for (var place : new ClusterDoctor(spark, kernels).examine().entrySet()) {
          well &= print(place.getKey(), place.getValue());
        }
      }
    }
    return well;
  }

  /**
   * @return whether all is well there
   */
  private boolean print(String place, List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(place);
    findings.forEach(finding -> out.println("  " + finding.lines().replace("\n", "\n  ")));
    return findings.stream().noneMatch(Finding::isIll);
  }
}
