package org.rondo.sparkml.fits;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warnings are told once in a JVM, however many fits there are, each with its cure. */
final class SessionAdvice {
  private static final String DOCTOR = "and rondo doctor says the cure";
  private static final String OPTIONS =
      "until the session is started with it in spark.driver.extraJavaOptions and"
          + " spark.executor.extraJavaOptions";

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private SessionAdvice() {}

  /** Those that were not told before, in the words of a session that Rondo did not start. */
  static List<String> untold(List<String> warnings) {
    return warnings.stream().map(SessionAdvice::worded).filter(TOLD::add).toList();
  }

  static String worded(String warning) {
    return warning.contains("--add-modules") ? warning.replace(DOCTOR, OPTIONS) : warning;
  }
}
