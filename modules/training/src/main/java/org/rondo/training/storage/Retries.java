package org.rondo.training.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;

/**
 * Tries again what storage refused, after pauses of 2, 4, 8, ... seconds and never longer than a
 * minute. All that goes through one object shares its retries, so that a checkpoint of many files
 * waits no longer than one of few.
 */
public final class Retries {
  /** Lets time pass. */
  public interface Pause {
    /** The clock's own seconds. */
    Pause SLEEP = TimeUnit.SECONDS::sleep;

    /** Returns after so many. */
    void seconds(long seconds) throws InterruptedException;
  }

  /** Is told before each pause. */
  public interface Listener {
    /**
     * An attempt failed and will be made again.
     *
     * @param retry number of the retry that follows, from 1
     */
    void failed(Exception failure, int retry, long pauseSeconds);
  }

  /** What may be tried again from its beginning. */
  public interface Attempt<T> {
    /** Makes it. */
    T run() throws IOException;
  }

  private static final long LONGEST_PAUSE = 60;

  private final int limit;
  private final Pause pause;
  private final Listener listener;
  private int used;

  /**
   * @param limit retries in all
   */
  public Retries(int limit, Pause pause, Listener listener) {
    this.limit = limit;
    this.pause = pause;
    this.listener = listener;
  }

  /**
   * The result of the first attempt that succeeds.
   *
   * @throws UncheckedIOException if storage fails and no retry is left
   * @throws RuntimeException what the attempt threw, at once if storage is not the cause
   */
  public <T> T run(Attempt<T> attempt) {
    while (true) {
      try {
        return DiskFailure.asException(attempt::run);
      } catch (IOException e) {
        waitAfter(new UncheckedIOException(e.getMessage(), e));
      } catch (RuntimeException e) {
        waitAfter(e);
      }
    }
  }

  private void waitAfter(RuntimeException failure) {
    if (used >= limit || !isOfStorage(failure)) {
      throw failure;
    }
    used++;
    long seconds = used < 6 ? 1L << used : LONGEST_PAUSE;
    listener.failed(failure, used, seconds);
    try {
      pause.seconds(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /**
   * Whether an input or output is among the causes that may go better later; a task's failure
   * arrives wrapped. What is wrong with content or permissions stays wrong.
   */
  public static boolean isOfStorage(Throwable failure) {
    boolean found = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IngestException
          || cause instanceof JsonProcessingException
          || cause instanceof ChecksumException
          || cause instanceof AccessControlException) {
        return false;
      }
      found |= cause instanceof IOException;
    }
    return found;
  }
}
