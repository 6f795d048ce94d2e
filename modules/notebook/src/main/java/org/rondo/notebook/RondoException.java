package org.rondo.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.rondo.ingest.StorageReason;
import org.rondo.training.TrainingException;

/**
 * Why a paragraph failed, in one sentence. Without a stack trace, since the shell would print it
 * below the sentence; errors that are Rondo's own fault are not turned into this and keep theirs.
 */
public final class RondoException extends RuntimeException {
  RondoException(String sentence) {
    super(Drawn.text(sentence), null, false, false);
  }

  /**
   * Runs what a user asked for.
   *
   * @throws RondoException in place of what the user, the storage or the cluster can be at fault
   *     for
   */
  static <T> T plainly(Callable<T> work) {
    try {
      return work.call();
    } catch (RondoException e) {
      throw e;
    } catch (IllegalArgumentException
        | IllegalStateException
        | TrainingException
        | UncheckedIOException
        | IOException
        | SparkException e) {
      throw new RondoException(firstLine(e));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Spark's messages go on with stack traces of executors. */
  private static String firstLine(Exception e) {
    if (e instanceof IOException) {
      return StorageReason.of(e);
    }
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.toString()
        : message.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow();
  }
}
