package org.rondo.cli.exit;

import org.rondo.ingest.IngestException;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;
import picocli.CommandLine.ParameterException;

/** What a run of the command ends with; scripts rely on the numbers. */
public enum ExitCode {
  DONE(0),
  USAGE(2),
  DATA(3),
  FAILED(4),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The code of a failure, whoever wrapped it: what is outermost of Rondo's own decides. */
  static ExitCode of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InterruptedBeforeTraining) {
        return INTERRUPTED;
      }
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IngestException || t instanceof CheckpointException) {
        return DATA;
      }
      if (t instanceof TrainingException) {
        return FAILED;
      }
      if (t instanceof IllegalArgumentException || t instanceof ParameterException) {
        return USAGE;
      }
    }
    return FAILED;
  }
}
