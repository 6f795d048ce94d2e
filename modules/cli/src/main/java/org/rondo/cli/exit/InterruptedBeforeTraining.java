package org.rondo.cli.exit;

/** A signal asked a command to end before it had begun to train. */
final class InterruptedBeforeTraining extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InterruptedBeforeTraining() {
    super("interrupted before training began; nothing of it is kept");
  }
}
