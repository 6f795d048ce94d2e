package org.rondo.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;

/**
 * Hadoop's local file system reports a disk that is full or fails as an {@link Error}, which passes
 * everything that handles storage. Here it becomes the {@link IOException} that it is.
 */
public final class DiskFailure {
  /** What reads or writes. */
  @FunctionalInterface
  public interface Call<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private DiskFailure() {}

  /** The result of a call, or its failure as an {@link IOException}. */
  public static <T> T asException(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (FSError e) {
      throw new IOException(StorageReason.of(e), e);
    }
  }

  /**
   * The result of a call.
   *
   * @param what is done, such as {@code corpus: cannot write}
   * @param place a path
   * @throws UncheckedIOException one sentence of why it failed
   */
  public static <T> T worded(String what, Object place, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | FSError e) {
      throw of(what, place, e);
    }
  }

  private static UncheckedIOException of(String what, Object place, Throwable failure) {
    Throwable cause =
        failure instanceof FSError && failure.getCause() != null ? failure.getCause() : failure;
    return new UncheckedIOException(
        String.format(Locale.ROOT, "%s %s: %s", what, place, StorageReason.of(cause)),
        cause instanceof IOException io ? io : new IOException(cause));
  }
}
