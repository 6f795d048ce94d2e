package org.rondo.cli;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.runs.Plans;
import org.rondo.runs.SettingsException;
import org.rondo.training.checkpoint.Checkpoint;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which checkpoint a command reads. */
final class CheckpointOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description = "A checkpoint, or a run's output; by default the configuration's output.")
  private List<String> paths;

  /** The one that was named, or the best of the configuration's output, or its latest. */
  Checkpoint open(Plans plans, Configuration hadoop) {
    if (paths != null && paths.size() > 1) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--checkpoint is given %d times; rondo %s takes one",
              paths.size(),
              command.name()));
    }
    return openAll(plans, hadoop).get(0);
  }

  /** All that were named, in their order, or as {@link #open}. */
  List<Checkpoint> openAll(Plans plans, Configuration hadoop) {
    List<String> all = paths == null ? List.of(plans.output()) : paths;
    return all.stream().map(path -> open(path, hadoop)).toList();
  }

  private Checkpoint open(String path, Configuration hadoop) {
    return Checkpoint.open(
        new Path(path),
        hadoop,
        warning -> command.commandLine().getErr().println("warning: " + warning));
  }
}
