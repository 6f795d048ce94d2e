package org.rondo.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.onnx.OnnxExport;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo export}: a trained network for runtimes that know nothing of Rondo. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Writes the network of a run's best checkpoint as an ONNX model.",
    description = {
      "ONNX Runtime and others compute it, in Python, C++, C# or a browser. How texts become ids",
      "and scores become labels stands in the checkpoint, in features.json or vocabulary.json."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "A new file, such as model.onnx.")
  private String output;

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    var plans = new Plans(settings);
    plans.check();
    Configuration hadoop = SparkStart.hadoop(settings, Optional.of("local"));
    var file = new Path(output);
    FileSystem fs = file.getFileSystem(hadoop);
    if (fs.exists(file)) {
      throw new SettingsException(
          String.format(Locale.ROOT, "--output %s exists already; name a new file", output));
    }
    Checkpoint trained = checkpoint.open(plans, hadoop);
    byte[] model = OnnxExport.of(trained.network(), trained.parameters());
    try (FSDataOutputStream out = fs.create(file, false)) {
      out.write(model);
    }
    spec.commandLine()
        .getErr()
        .println(
            String.format(
                Locale.ROOT,
                "written: %s, %,d kB, the network of %s",
                output,
                (model.length + 999) / 1000,
                trained.folder().uri()));
    return ExitCode.DONE.number();
  }
}
