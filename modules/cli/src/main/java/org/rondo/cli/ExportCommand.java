package org.rondo.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.ingest.LocalFiles;
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
    header = "Writes the network of a run's best checkpoint as an ONNX model, or for PyTorch.",
    description = {
      "ONNX Runtime and others compute an ONNX model, in Python, C++, C# or a browser; PyTorch's",
      "modules take the weights by their names. How texts become ids and scores become labels",
      "stands in the checkpoint, in features.json or vocabulary.json."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "A new file, such as model.onnx or model.safetensors.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "onnx, a model, or pytorch, weights in safetensors; by default as the file ends, pytorch for",
        ".safetensors."
      })
  private String format;

  @Override
  public Integer call() throws IOException {
    ExportFormat written = format();
    Settings settings = options.settings();
    var plans = new Plans(settings);
    plans.check();
    Configuration hadoop = SparkStart.hadoop(settings, Optional.of("local"));
    var file = new Path(output);
    if (LocalFiles.of(file, hadoop).exists(file)) {
      throw new SettingsException(
          String.format(Locale.ROOT, "--output %s exists already; name a new file", output));
    }
    Checkpoint trained = checkpoint.open(plans, hadoop);
    byte[] model = written.of(trained);
    try (FSDataOutputStream out = LocalFiles.create(file, hadoop)) {
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

  private ExportFormat format() {
    String name = format;
    if (name == null) {
      name =
          output.endsWith(".safetensors") ? ExportFormat.PYTORCH.word() : ExportFormat.ONNX.word();
    }
    return ExportFormat.named(name);
  }
}
