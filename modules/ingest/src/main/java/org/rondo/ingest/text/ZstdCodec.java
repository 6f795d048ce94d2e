package org.rondo.ingest.text;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.bzip2.BZip2DummyCompressor;
import org.apache.hadoop.io.compress.bzip2.BZip2DummyDecompressor;

/**
 * Reads files of Zstandard ({@code .zst}, RFC 8878) by the library that Spark ships, in the place
 * of Hadoop's own codec, which needs a native part of Hadoop that few machines have. Of several
 * frames it reads all. Hadoop makes it by its name, hence public.
 */
public final class ZstdCodec implements CompressionCodec {
  /** Hadoop's key of codecs beside its own ones: names of classes, a comma between two. */
  public static final String KEY = "io.compression.codecs";

  /** What zstd-jni says of a file that ends within a frame; its code is that of any damage. */
  private static final String CUT_OFF = "Truncated source";

  private static final String EXTENSION = ".zst";

  /**
   * The codec of a file, by its extension.
   *
   * @param others what Hadoop has
   * @return null where the file is plain
   */
  public static CompressionCodec of(Path file, CompressionCodecFactory others) {
    return file.getName().toLowerCase(Locale.ROOT).endsWith(EXTENSION)
        ? new ZstdCodec()
        : others.getCodec(file);
  }

  /**
   * The value of {@link #KEY} with this codec.
   *
   * @param others the value without it; blank where there are no others
   */
  public static String beside(String others) {
    String name = ZstdCodec.class.getName();
    if (others.contains(name)) {
      return others;
    }
    return others.isBlank() ? name : others + "," + name;
  }

  @Override
  public String getDefaultExtension() {
    return EXTENSION;
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    return new Decompressed(in);
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
      throws IOException {
    return createInputStream(in);
  }

  /** One that does nothing, for Hadoop's pools; the stream decompresses by itself. */
  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return BZip2DummyDecompressor.class;
  }

  @Override
  public Decompressor createDecompressor() {
    return new BZip2DummyDecompressor();
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw new UnsupportedOperationException("files of .zst are read here, not written");
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
    return createOutputStream(out);
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    return BZip2DummyCompressor.class;
  }

  @Override
  public Compressor createCompressor() {
    return new BZip2DummyCompressor();
  }

  /** Alone in naming the library, so that other files are read where it is missing. */
  private static final class Decompressed extends CompressionInputStream {
    Decompressed(InputStream file) throws IOException {
      super(new ZstdInputStreamNoFinalizer(file));
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (ZstdIOException e) {
        if (CUT_OFF.equals(e.getMessage())) {
          var cutOff = new EOFException("it ends within a frame of Zstandard");
          cutOff.initCause(e);
          throw cutOff;
        }
        throw e;
      }
    }

    @Override
    public void resetState() {
      throw new UnsupportedOperationException("a file of .zst is read once, from its begin on");
    }
  }
}
