package org.rondo.testkit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files under the scheme {@value #SCHEME}, on a disk that fills up and whose reads and
 * deletes fail, on demand. The faults are those of the whole process; {@link #heal} ends them.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** What paths begin with: {@code faulty:/folder/file}. */
  public static final String SCHEME = "faulty";

  private static final AtomicLong FREE_BYTES = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicBoolean AS_ERROR = new AtomicBoolean();
  private static final AtomicInteger FAILING_READS = new AtomicInteger();
  private static final AtomicBoolean HIDDEN = new AtomicBoolean();
  private static final AtomicReference<String> UNREADABLE = new AtomicReference<>("");
  private static final AtomicReference<String> UNDELETABLE = new AtomicReference<>();
  private static final AtomicInteger FAILED_DELETES = new AtomicInteger();

  /** Makes paths of the scheme known to a configuration. */
  public static Configuration register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
    return hadoop;
  }

  /** From now on the disk takes so many bytes more. */
  public static void diskHolds(long bytes) {
    FREE_BYTES.set(bytes);
  }

  /** As {@link #diskHolds}, but a full disk is told as Hadoop's local file system does. */
  public static void diskHoldsOrError(long bytes) {
    diskHolds(bytes);
    AS_ERROR.set(true);
  }

  /** From now on so many attempts to open a file whose path contains this fail. */
  public static void failReads(String pathPart, int attempts) {
    UNREADABLE.set(pathPart);
    HIDDEN.set(false);
    FAILING_READS.set(attempts);
  }

  /** As {@link #failReads}, and the attempts find no such file. */
  public static void hide(String pathPart, int attempts) {
    failReads(pathPart, attempts);
    HIDDEN.set(true);
  }

  /** Failing attempts that are still to come. */
  public static int failingReads() {
    return Math.max(0, FAILING_READS.get());
  }

  /** From now on nothing whose path contains this can be deleted. */
  public static void failDeletes(String pathPart) {
    FAILED_DELETES.set(0);
    UNDELETABLE.set(pathPart);
  }

  /** Attempts to delete that have failed since {@link #failDeletes}. */
  public static int failedDeletes() {
    return FAILED_DELETES.get();
  }

  /** No faults any more. */
  public static void heal() {
    UNDELETABLE.set(null);
    FREE_BYTES.set(Long.MAX_VALUE);
    AS_ERROR.set(false);
    FAILING_READS.set(0);
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    boolean unreadable = path.toString().contains(UNREADABLE.get());
    if (unreadable && FAILING_READS.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw HIDDEN.get()
          ? new FileNotFoundException(path + " does not exist")
          : new IOException("the disk does not answer");
    }
    return super.open(path, bufferSize);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    String part = UNDELETABLE.get();
    if (part != null && path.toString().contains(part) && exists(path)) {
      FAILED_DELETES.incrementAndGet();
      return false; // as local and network file systems say it
    }
    return super.delete(path, recursive);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    return limited(out);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new LimitedStream(out), null);
  }

  /** Its constructor is not public. */
  private static FSError error(IOException cause) {
    try {
      Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
      constructor.setAccessible(true);
      return constructor.newInstance(cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Hadoop's FSError has another constructor", e);
    }
  }

  private static final class LimitedStream extends OutputStream {
    private final OutputStream out;

    LimitedStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (FREE_BYTES.addAndGet(-count) < 0) {
        var full = new IOException("No space left on device");
        if (AS_ERROR.get()) {
          throw error(full);
        }
        throw full;
      }
      out.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
