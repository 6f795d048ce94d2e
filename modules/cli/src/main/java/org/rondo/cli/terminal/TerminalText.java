package org.rondo.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Text that comes from users and networks, made harmless for a terminal: what would move its
 * cursor, change its title or colors, or reverse the order of what stands beside it, is shown as an
 * escape such as {@code \u001b}.
 */
public final class TerminalText {
  private TerminalText() {}

  /** Whether standard output is a terminal; scripts/rondo says so, elsewhere Linux does. */
  public static boolean isStandardOutput() {
    String told = System.getenv("RONDO_TERMINAL");
    return told == null ? leadsToTerminal(Path.of("/proc/self/fd/1")) : told.equals("yes");
  }

  private static boolean leadsToTerminal(Path descriptor) {
    try {
      String device = Files.readSymbolicLink(descriptor).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  /** A text of any number of lines: line feeds and tabs stay. */
  public static String lines(String text) {
    return escaped(text, "\n\t");
  }

  /** A text that is to stand in one line. */
  public static String line(String text) {
    return escaped(text, "");
  }

  private static String escaped(String text, String kept) {
    var escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (kept.indexOf(point) >= 0 || !acts(point)) {
                escaped.appendCodePoint(point);
              } else {
                String form = point < 0x10000 ? "\\u%04x" : "\\U%08x";
                escaped.append(String.format(Locale.ROOT, form, point));
              }
            });
    return escaped.toString();
  }

  /**
   * Control characters (C0, DEL, C1), line separators, half surrogates, and what sets direction.
   */
  private static boolean acts(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> setsDirection(point);
      default -> false;
    };
  }

  /** Bidirectional and deprecated formatting, and tags; joiners and soft hyphens are of letters. */
  private static boolean setsDirection(int point) {
    return point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x206F)
        || point == 0xFEFF
        || (point >= 0xFFF9 && point <= 0xFFFB)
        || (point >= 0xE0000 && point <= 0xE007F);
  }
}
