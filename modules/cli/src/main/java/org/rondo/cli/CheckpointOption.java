package org.rondo.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.runs.Plans;
import org.rondo.training.Checkpoint;
import picocli.CommandLine.Option;

/** Which checkpoint a command reads. */
final class CheckpointOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description = "A checkpoint, or a run's output; by default the configuration's output.")
  private String path;

  /** The one that was named, or the best of the configuration's output, or its latest. */
  Checkpoint open(Plans plans, Configuration hadoop) {
    return Checkpoint.open(new Path(path == null ? plans.output() : path), hadoop);
  }
}
