package org.rondo.training.storage;

/**
 * A file of a checkpoint is missing, or not as its manifest lists it: storage answers, but no
 * longer with what was written. Another checkpoint of the run may be whole.
 */
public final class DamagedFileException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  private static final String CURE =
      "the output folder of its run, resumed or named, gives the newest checkpoint that is whole";

  private final String problem;

  /**
   * @param problem which file, and what is wrong with it
   */
  public DamagedFileException(String problem) {
    this(problem, null);
  }

  /** As it says, with what caused it. */
  public DamagedFileException(String problem, Throwable cause) {
    super("checkpoint: " + problem + "; " + CURE, cause);
    this.problem = problem;
  }

  /** Which file, and what is wrong with it; without the cure. */
  public String problem() {
    return problem;
  }
}
