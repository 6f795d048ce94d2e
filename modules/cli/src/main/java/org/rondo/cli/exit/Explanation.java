package org.rondo.cli.exit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.rondo.ingest.StorageReason;
import org.rondo.training.TrainingException;

/**
 * Why a command failed, in one sentence, and what it ends with.
 *
 * @param code of the process
 */
public record Explanation(ExitCode code, String sentence) {
  private static final String OWN = "org.rondo.";

  /**
   * Of a failure that ended a command.
   *
   * @param command that failed
   * @param places remote places that it was told of, for failures of storage
   */
  public static Explanation of(Throwable failure, String command, Supplier<String> places) {
    Optional<Throwable> worded = worded(failure);
    Optional<Trouble> trouble = Trouble.of(failure);
    if (worded.isEmpty() && trouble.isEmpty()) {
      return new Explanation(
          ExitCode.of(failure),
          String.format(Locale.ROOT, "%s: %s", command, firstLine(innermost(failure))));
    }
    String what =
        worded
            .map(Throwable::getMessage)
            .orElseGet(
                () -> String.format(Locale.ROOT, "%s: %s", command, trouble.get().sentence()));
    ExitCode code =
        worded.isPresent() ? ExitCode.of(failure) : trouble.map(Trouble::code).orElseThrow();
    return new Explanation(code, what + trouble.map(known -> told(known, what, places)).orElse(""));
  }

  private static String told(Trouble trouble, String what, Supplier<String> places) {
    boolean isPlaceless = trouble.remote() && !what.contains("://");
    return (isPlaceless ? places.get() : "")
        + (trouble.cure().isEmpty() ? "" : "; " + trouble.cure());
  }

  /** The outermost cause that Rondo itself worded; libraries throw the same types. */
  private static Optional<Throwable> worded(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isWorded(t)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  private static boolean isWorded(Throwable t) {
    boolean type =
        t instanceof IllegalArgumentException
            || t instanceof TrainingException
            || t instanceof UncheckedIOException
            || t instanceof InterruptedBeforeTraining;
    boolean handedOn = t.getCause() != null && t.getCause().toString().equals(t.getMessage());
    return type && t.getMessage() != null && !handedOn && isOwn(t);
  }

  private static boolean isOwn(Throwable t) {
    StackTraceElement[] trace = t.getStackTrace();
    return t.getClass().getName().startsWith(OWN)
        || trace.length == 0
        || trace[0].getClassName().startsWith(OWN);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What follows is a stack of its own, or another machine's. */
  private static String firstLine(Throwable t) {
    if (t instanceof IOException) {
      return StorageReason.of(t);
    }
    String name = t.getClass().getSimpleName();
    return t.getMessage() == null
        ? name
        : String.format(
            Locale.ROOT,
            "%s (%s)",
            t.getMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse(""),
            name);
  }
}
