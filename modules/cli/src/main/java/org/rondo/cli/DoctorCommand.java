package org.rondo.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SparkStart;
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
      "Java, kernels and why they were chosen, precision, threads, memory, Spark; with a",
      "configuration also its kernels and output."
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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Settings settings =
        (file == null ? Settings.defaults() : Settings.load(file)).with(overrides, "--set");
    var findings = new ArrayList<Doctor.Finding>(Doctor.examine(new Plans(settings).kernels()));
    findings.add(
        Doctor.spark(
            SparkStart.conf(settings, Optional.ofNullable(master)).get("spark.master"),
            System.getenv("SPARK_HOME")));
    if (settings.optional("output").isPresent()) {
      findings.add(output(settings));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(spec.root().version()[0]);
    print(findings, out);
    return (findings.stream().allMatch(f -> f.cure().isEmpty()) ? ExitCode.DONE : ExitCode.FAILED)
        .number();
  }

  /** The nearest folder that exists must let the run's folder be made. */
  private static Doctor.Finding output(Settings settings) throws IOException {
    Path output = new Path(settings.text("output"));
    FileSystem files = output.getFileSystem(SparkStart.hadoop(settings));
    Path existing = files.makeQualified(output);
    while (!files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      files.access(existing, FsAction.WRITE);
      return Doctor.Finding.well("output", existing + " can be written to");
    } catch (IOException e) {
      return Doctor.Finding.ill(
          "output",
          "%s cannot be written to: %s".formatted(existing, e.getMessage()),
          "choose another output, or change that folder's permissions");
    }
  }

  private static void print(List<Doctor.Finding> findings, PrintWriter out) {
    for (Doctor.Finding finding : findings) {
      out.println(
          "%-5s %-14s %s"
              .formatted(
                  finding.cure().isEmpty() ? "ok" : "ILL", finding.topic(), finding.found()));
      finding.cure().ifPresent(cure -> out.println("%-20s cure: %s".formatted("", cure)));
    }
  }
}
