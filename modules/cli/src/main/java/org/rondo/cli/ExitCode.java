package org.rondo.cli;

import picocli.CommandLine.ParameterException;

/** What a run of the command ends with; scripts rely on the numbers. */
enum ExitCode {
  DONE(0),
  USAGE(2),
  DATA(3),
  FAILED(4),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /**
   * The code of a failure, whoever wrapped it. Once the configuration is accepted, an illegal
   * argument is data: a damaged checkpoint, a text too short.
   */
  static ExitCode of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SettingsException || t instanceof ParameterException) {
        return USAGE;
      }
      if (t instanceof IllegalArgumentException) {
        return DATA;
      }
    }
    return FAILED;
  }
}
