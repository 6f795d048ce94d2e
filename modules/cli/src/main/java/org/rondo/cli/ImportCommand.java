package org.rondo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.LocalFiles;
import org.rondo.ingest.StorageReason;
import org.rondo.pytorch.PytorchWeights;
import org.rondo.pytorch.TensorNames;
import org.rondo.runs.ConfiguredNetwork;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.storage.Safetensors;
import org.rondo.training.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo import}: weights that PyTorch trained, as a checkpoint. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Makes a checkpoint of weights that PyTorch trained.",
    description = {
      "The network is that of the configuration over its prepared data, or with --checkpoint that",
      "of a run; rows of embedding and head belong to the ids of its vocabulary. What is written,",
      "network.initial, evaluate, predict, generate and export read: --checkpoint FOLDER."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "Weights in safetensors, by the names that rondo export gives them.")
  private String weights;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "A new folder, for the checkpoint.")
  private String output;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description =
          "A checkpoint, or a run's output, whose network and vocabulary it is; by default those of the configuration.")
  private String checkpoint;

  @Option(
      names = "--rename",
      paramLabel = "THERE=HERE",
      description = "A module of another name, such as encoder=embedding; may be given again.")
  private List<String> renamings = List.of();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    var plans = new Plans(settings);
    plans.check();
    TensorNames names = renaming();
    Configuration hadoop =
        SparkStart.hadoop(settings, plans.ofText() ? Optional.of("local") : options.master());
    Storage folder = Storage.of(new Path(output), hadoop);
    if (folder.fileSystem().exists(folder.path())) {
      throw new SettingsException(
          String.format(Locale.ROOT, "--output %s exists already; name a new folder", output));
    }
    Safetensors stored = read(new Path(weights), hadoop);
    ConfiguredNetwork network = network(plans, settings, hadoop);
    try {
      var pytorch = new PytorchWeights(network.spec());
      float[] parameters = pytorch.imported(names.renamed(stored.layout()), stored.values());
      TrainedNetwork.elsewhere(network.spec(), network.dictionaries(), parameters).write(folder);
    } catch (IllegalArgumentException e) {
      throw new IngestException(
          String.format(Locale.ROOT, "--weights %s: %s", weights, e.getMessage()), e);
    }
    spec.commandLine()
        .getErr()
        .println(
            String.format(
                Locale.ROOT,
                "written: %s, the weights of %s; rondo evaluate %s --checkpoint %s measures them",
                output,
                weights,
                options.file(),
                output));
    return ExitCode.DONE.number();
  }

  private TensorNames renaming() {
    try {
      return new TensorNames(renamings);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("--rename " + e.getMessage(), e);
    }
  }

  private static Safetensors read(Path file, Configuration hadoop) {
    try {
      FileSystem files = LocalFiles.of(file, hadoop);
      long bytes = files.getFileStatus(file).getLen();
      try (InputStream in = files.open(file)) {
        return Safetensors.read(in, bytes);
      }
    } catch (IOException e) {
      throw new IngestException(
          String.format(Locale.ROOT, "--weights %s: %s", file, StorageReason.of(e)), e);
    }
  }

  private ConfiguredNetwork network(Plans plans, Settings settings, Configuration hadoop)
      throws IOException {
    if (checkpoint != null) {
      return ConfiguredNetwork.of(Checkpoint.open(new Path(checkpoint), hadoop));
    }
    var status = StatusLine.standardError(spec.commandLine().getErr());
    try (var interrupts = Interrupts.listen(status);
        var spark = new CommandSpark("import", settings, options.master(), status)) {
      return ConfiguredNetwork.prepare(plans, hadoop, spark::session, interrupts.preparing());
    }
  }
}
