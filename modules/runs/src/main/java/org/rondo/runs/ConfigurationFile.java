package org.rondo.runs;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import org.rondo.ingest.StorageReason;

/**
 * Looks at a configuration file before HOCON reads it, which waits for ever at a pipe, reads a
 * device to its end and takes bytes that are not UTF-8 as U+FFFD.
 */
final class ConfigurationFile {
  /** Far more than all keys with their comments. */
  private static final long MOST_BYTES = 1 << 20;

  private ConfigurationFile() {}

  /**
   * Refuses what is no text file.
   *
   * @throws SettingsException naming the file, and the line where one is to blame
   */
  static void require(File file) {
    if (!file.isFile()) {
      String reason = "is neither a file nor a folder, but a pipe or a device";
      if (file.isDirectory()) {
        reason = "is a folder";
      } else if (!file.exists()) {
        reason = "does not exist";
      }
      throw refused(file, reason);
    }
    if (file.length() > MOST_BYTES) {
      throw refused(
          file,
          String.format(
              Locale.ROOT,
              "holds %,d bytes, more than the %,d of any configuration; is it the text to learn?",
              file.length(),
              MOST_BYTES));
    }
    requireText(file, bytes(file));
  }

  private static byte[] bytes(File file) {
    try {
      return Files.readAllBytes(file.toPath());
    } catch (IOException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, "configuration file %s cannot be read: %s", file, StorageReason.of(e)),
          e);
    }
  }

  private static void requireText(File file, byte[] bytes) {
    int bad = firstBad(bytes);
    if (bad < bytes.length) {
      long line = 1;
      for (int i = 0; i < bad; i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw refused(
          file,
          String.format(
              Locale.ROOT,
              "is no text in UTF-8: line %d holds the byte 0x%02x",
              line,
              bytes[bad] & 0xff));
    }
  }

  /** Where the first byte stands that is no UTF-8, or NUL; the length if there is none. */
  private static int firstBad(byte[] bytes) {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(input, CharBuffer.allocate(bytes.length), true);
    int end = result.isError() ? input.position() : bytes.length;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return end;
  }

  private static SettingsException refused(File file, String reason) {
    return new SettingsException(
        String.format(Locale.ROOT, "configuration file %s %s", file, reason));
  }
}
