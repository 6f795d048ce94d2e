package org.rondo.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.runs.Plans;
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
  private String path;

  /** The one that was named, or the best of the configuration's output, or its latest. */
  Checkpoint open(Plans plans, Configuration hadoop) {
    return Checkpoint.open(
        new Path(path == null ? plans.output() : path),
        hadoop,
        warning -> command.commandLine().getErr().println("warning: " + warning));
  }
}
