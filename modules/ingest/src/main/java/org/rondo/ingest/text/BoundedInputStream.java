package org.rondo.ingest.text;

import java.io.IOException;
import java.io.InputStream;

/** The next bytes of another stream, which stays open. */
final class BoundedInputStream extends InputStream {
  private final InputStream in;
  private long left;

  /**
   * @param left bytes at most
   */
  BoundedInputStream(InputStream in, long left) {
    this.in = in;
    this.left = left;
  }

  @Override
  public int read() throws IOException {
    int next = left > 0 ? in.read() : -1;
    left -= next < 0 ? 0 : 1;
    return next;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    int read = left > 0 ? in.read(bytes, from, (int) Math.min(count, left)) : -1;
    left -= Math.max(0, read);
    return read;
  }
}
