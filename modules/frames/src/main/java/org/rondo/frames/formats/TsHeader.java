package org.rondo.frames.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.IngestException;

/**
 * The header of a {@code .ts} file.
 *
 * @param dimensions of each series; 0 where it does not say
 * @param labelled whether the last field of a line is a label or a target
 * @param labels that there are; empty where it does not say
 */
record TsHeader(int dimensions, boolean labelled, List<String> labels) {
  /**
   * Reads up to the line {@code @data}.
   *
   * @throws IngestException naming file and line, if this is no such header
   */
  static TsHeader read(TextLines lines) {
    int dimensions = 0;
    boolean labelled = false;
    List<String> labels = List.of();
    for (String line = lines.next(); line != null; line = lines.next()) {
      String[] words = line.strip().split("[ \t]+");
      switch (words[0].toLowerCase(Locale.ROOT)) {
        case "@data" -> {
          return new TsHeader(dimensions, labelled, labels);
        }
        case "@dimensions", "@dimension" -> dimensions = number(lines, words);
        case "@univariate" -> dimensions = flag(lines, words) ? 1 : dimensions;
        case "@classlabel", "@targetlabel" -> {
          labelled = flag(lines, words);
          labels = List.copyOf(Arrays.asList(words).subList(2, words.length));
        }
        case "@timestamps" -> {
          if (flag(lines, words)) {
            throw refused(lines, "series with time stamps are not read; write them without");
          }
        }
        default -> {
          if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("@")) {
            throw refused(lines, "\"" + cut(line) + "\" stands before @data");
          }
        }
      }
    }
    throw new IngestException(
        String.format(
            Locale.ROOT, "data: %s holds no line @data; it is no .ts file", lines.file()));
  }

  private static int number(TextLines lines, String[] words) {
    if (words.length != 2 || !words[1].matches("[1-9][0-9]{0,8}")) {
      throw refused(lines, words[0] + " must be followed by a whole number >= 1");
    }
    return Integer.parseInt(words[1]);
  }

  private static boolean flag(TextLines lines, String[] words) {
    String value = words.length < 2 ? "" : words[1].toLowerCase(Locale.ROOT);
    if (!value.equals("true") && !value.equals("false")) {
      throw refused(lines, words[0] + " must be followed by true or false");
    }
    return value.equals("true");
  }

  private static IngestException refused(TextLines lines, String problem) {
    return new IngestException(
        String.format(Locale.ROOT, "data: %s, line %d: %s", lines.file(), lines.number(), problem));
  }

  private static String cut(String line) {
    return line.length() > 40 ? line.substring(0, 40) + "..." : line;
  }
}
