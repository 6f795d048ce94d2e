package org.rondo.ingest.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.StorageReason;

/**
 * One pass over files of text, decompressed by their extension ({@code .gz}, {@code .bz2}, {@code
 * .zst}, ...).
 */
public final class TextReader {
  private static final Pattern ARCHIVE =
      Pattern.compile(".*\\.(zip|jar|7z|tar|tgz|tbz2|tar\\.\\w+)", Pattern.CASE_INSENSITIVE);

  private final Configuration hadoop;
  private final CompressionCodecFactory codecs;
  private final InvalidUtf8 treatment;
  private final PrepareListener listener;
  private final PrepareListener.Pass pass;
  private final long totalBytes;
  private long bytesBefore;
  private long replaced;

  /**
   * @param totalBytes of all files that it is to read, for the listener
   */
  public TextReader(
      Configuration hadoop,
      InvalidUtf8 treatment,
      long totalBytes,
      PrepareListener listener,
      PrepareListener.Pass pass) {
    this.hadoop = hadoop;
    this.codecs = new CompressionCodecFactory(hadoop);
    this.treatment = treatment;
    this.listener = listener;
    this.pass = pass;
    this.totalBytes = totalBytes;
  }

  static boolean isArchive(String path) {
    return ARCHIVE.matcher(path).matches();
  }

  /** Invalid sequences replaced so far. */
  public long replaced() {
    return replaced;
  }

  /**
   * Sends these files to the cutter, one after another.
   *
   * @throws IngestException if a file is damaged or not UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public void read(List<SourceFile> files, Tokenizer.Cutter cutter) {
    for (SourceFile file : files) {
      read(file, cutter);
      cutter.endFile();
      bytesBefore += file.length();
    }
  }

  /**
   * Sends a part of a file to the cutter, and ends it there.
   *
   * @throws IngestException if the file is damaged or not UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public void read(TextPart part, Tokenizer.Cutter cutter) {
    SourceFile file = part.file();
    if (part.isWhole()) {
      read(List.of(file), cutter);
      return;
    }
    try (FSDataInputStream raw = open(new Path(file.path()))) {
      var lines = new LineBreaks(raw, file.length());
      long start = lines.next(part.from(), part.to());
      if (start >= Math.min(part.to(), file.length())) {
        return;
      }
      long end = lines.next(part.to(), file.length());
      raw.seek(start);
      var decoder =
          new Utf8Decoder(file.path(), treatment, cutter, start, () -> linesBefore(file, start));
      replaced += decoder.decode(new BoundedInputStream(raw, end - start), () -> {});
      if (end == file.length()) {
        cutter.endFile();
      } else {
        cutter.breakLine();
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private long linesBefore(SourceFile file, long end) {
    try (FSDataInputStream raw = open(new Path(file.path()))) {
      return LineBreaks.count(raw, end);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UncheckedIOException unreadable(SourceFile file, IOException e) {
    return new UncheckedIOException(
        String.format(Locale.ROOT, "text: cannot read %s: %s", file.path(), StorageReason.of(e)),
        e);
  }

  private void read(SourceFile file, Tokenizer.Cutter cutter) {
    if (isArchive(file.path())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s is an archive, and archives are not unpacked; name the files in it",
              file.path()));
    }
    var path = new Path(file.path());
    CompressionCodec codec = ZstdCodec.of(path, codecs);
    var decoder = new Utf8Decoder(file.path(), treatment, cutter);
    try (FSDataInputStream raw = open(path);
        InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
      replaced += decoder.decode(text, () -> report(raw));
    } catch (EOFException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "text: %s is cut off: its compressed data ends early", file.path()),
          e);
    } catch (IOException e) {
      if (codec != null) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "text: cannot decompress %s as %s: %s",
                file.path(),
                codec.getDefaultExtension(),
                StorageReason.of(e)),
            e);
      }
      throw unreadable(file, e);
    }
  }

  private FSDataInputStream open(Path path) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    // Beside a name with a colon Hadoop's local file system fails to look for a checksum file.
    boolean unchecked = fs instanceof LocalFileSystem && path.getName().contains(":");
    return (unchecked ? ((LocalFileSystem) fs).getRawFileSystem() : fs).open(path);
  }

  private void report(FSDataInputStream raw) {
    try {
      listener.read(pass, bytesBefore + raw.getPos(), totalBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
