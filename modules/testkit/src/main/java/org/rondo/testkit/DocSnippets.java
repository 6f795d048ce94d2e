package org.rondo.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The code that the documentation shows, as it stands there, and whether it compiles. */
public final class DocSnippets {
  private static final Pattern PUBLIC_CLASS = Pattern.compile("public (?:final )?class (\\w+)");

  private DocSnippets() {}

  /**
   * One block of code.
   *
   * @param page the file that shows it
   * @param line of the page that its code begins with, from 1
   */
  public record Snippet(Path page, int line, String code) {
    /** File and line, for messages. */
    public String place() {
      return String.format(Locale.ROOT, "%s, line %d", page.getFileName(), line);
    }

    /** The code behind as many empty lines as stand before it, so that its lines are the page's. */
    public String inPlace() {
      return "\n".repeat(line - 1) + code;
    }

    @Override
    public String toString() {
      return place();
    }
  }

  /** The pages at the project's root, and those of docs and its folders. */
  public static List<Path> pages(Path root) throws IOException {
    var pages = new ArrayList<Path>();
    try (Stream<Path> top = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(pages::add);
    }
    return pages;
  }

  /** The blocks of a page that say that they are in that language. */
  public static List<Snippet> in(Path page, String language) throws IOException {
    String text = Files.readString(page);
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
        .matcher(text)
        .results()
        .map(block -> new Snippet(page, line(text, block.start(1)), block.group(1)))
        .toList();
  }

  private static int line(String text, int offset) {
    return (int) text.substring(0, offset).lines().count() + 1;
  }

  /**
   * Compiles Java against this JVM's class path; statements without a class get one around them.
   *
   * @param folder for the classes
   * @return the compiler's errors
   */
  public static List<String> errors(Snippet snippet, Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    compiler.getTask(null, null, found, options, null, List.of(new Source(whole(snippet)))).call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> String.format(Locale.ROOT, "%s: %s", snippet.place(), each))
        .toList();
  }

  private static String whole(Snippet snippet) {
    if (PUBLIC_CLASS.matcher(snippet.code()).find()) {
      return snippet.code();
    }
    return Stream.concat(
            lines(snippet, true),
            Stream.concat(
                Stream.of("public class Statements {", "  void run() throws Exception {"),
                Stream.concat(lines(snippet, false), Stream.of("  }", "}"))))
        .collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(Snippet snippet, boolean imports) {
    return snippet.code().lines().filter(line -> line.startsWith("import ") == imports);
  }

  /** A source in memory, under the name of its class. */
  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String code) {
      super(URI.create("string:///" + name(code) + ".java"), Kind.SOURCE);
      this.code = code;
    }

    private static String name(String code) {
      return PUBLIC_CLASS
          .matcher(code)
          .results()
          .map(match -> match.group(1))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
