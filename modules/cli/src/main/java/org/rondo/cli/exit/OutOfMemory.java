package org.rondo.cli.exit;

import java.util.Locale;

/** What this process ran out of, in a sentence with its cure: the JVM has one error for all. */
final class OutOfMemory {
  private OutOfMemory() {}

  static String sentence(OutOfMemoryError error) {
    return String.format(Locale.ROOT, "out of memory (%s); %s", error.getMessage(), cure(error));
  }

  static String cure(OutOfMemoryError error) {
    String message = String.valueOf(error.getMessage());
    String cure;
    if (message.contains("native thread")) {
      cure =
          "the system allows this user no more threads: raise the limit where the process starts, ulimit -u 4096";
    } else if (message.contains("direct") || message.contains("physical")) {
      cure =
          "native buffers take more than this JVM allows: RONDO_JAVA_OPTS=-XX:MaxDirectMemorySize=8g for scripts/rondo, or a smaller minibatch or network";
    } else {
      cure =
          String.format(
              Locale.ROOT,
              "the heap of this process ends at %,d MB: RONDO_JAVA_OPTS=-Xmx4g for scripts/rondo, spark.driver.memory for rondo-submit",
              Runtime.getRuntime().maxMemory() >> 20);
    }
    return cure;
  }
}
