package org.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of the documents lead somewhere, and so do the places that texts and sources name. */
final class DocLinksTest {
  private static final Path ROOT = Path.of("../..");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`");

  /**
   * Files of the project that a text names without a link; pages of results are for their programs
   * to write.
   */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<![\\w./-])(?:docs|scripts|conf|modules|notebooks)/(?!results/)[\\w./-]*\\w\\.(?:md|sh|py|conf|zpln|java|xml|svg|png)\\b(?:#[\\w-]+)?");

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path page : DocSnippets.pages(ROOT)) {
      broken.addAll(brokenLinks(page));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    var reached = new TreeSet<Path>();
    var next = new ArrayDeque<Path>(List.of(ROOT.resolve("README.md")));
    while (!next.isEmpty()) {
      Path page = next.remove().normalize();
      if (reached.add(page)) {
        Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
        while (link.find()) {
          String target = link.group(1).replaceAll("#.*", "");
          if (target.endsWith(".md") && !target.contains(":")) {
            next.add(page.resolveSibling(target));
          }
        }
      }
    }

    assertThat(reached).containsAll(DocSnippets.pages(ROOT).stream().map(Path::normalize).toList());
  }

  @Test
  void everyFileThatIsNamedIsThere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path text : texts()) {
      Matcher place = PLACE.matcher(Files.readString(text));
      while (place.find()) {
        if (!leadsSomewhere(ROOT, place.group())) {
          broken.add(text + ": " + place.group());
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void aBrokenLinkIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("b.md"), "# The *one*, `and` only\n\n## Twice\n\n## Twice\n");
    Path page = folder.resolve("a.md");
    Files.writeString(
        page,
        """
        [1](b.md) [2](b.md#the-one-and-only) [3](b.md#twice-1) [4](https://example.org)
        [5](c.md) [6](b.md#twice-2) [7](#here) `[8](c.md)`
        """);

    assertThat(brokenLinks(page))
        .containsExactly(page + ": c.md", page + ": b.md#twice-2", page + ": #here");
  }

  private static List<String> brokenLinks(Path page) throws IOException {
    var broken = new ArrayList<String>();
    Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
    while (link.find()) {
      String target = link.group(1);
      boolean own = target.startsWith("#");
      if (!target.matches("[a-z]+:.*")
          && !leadsSomewhere(page.resolveSibling(""), own ? page.getFileName() + target : target)) {
        broken.add(page + ": " + target);
      }
    }
    return broken;
  }

  /** Whether a file is there, and the heading behind a {@code #}. */
  private static boolean leadsSomewhere(Path folder, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = folder.resolve(parts[0]);
    return Files.exists(file)
        && (parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]));
  }

  /** The anchors that GitHub gives to the headings of a page. */
  private static List<String> anchors(String page) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(Pattern.compile("(?ms)^```.*?^```").matcher(page).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .map(anchor -> anchor + suffix(seen.merge(anchor, 1, Integer::sum)))
        .toList();
  }

  private static String suffix(int count) {
    return count == 1 ? "" : "-" + (count - 1);
  }

  /** Documents, sources, scripts, configurations and notes. */
  private static List<Path> texts() throws IOException {
    var texts = new ArrayList<>(DocSnippets.pages(ROOT));
    for (String folder : List.of("scripts", "conf", "notebooks")) {
      texts.addAll(files(ROOT.resolve(folder)));
    }
    try (Stream<Path> modules = Files.list(ROOT.resolve("modules"))) {
      for (Path module : modules.toList()) {
        texts.addAll(files(module.resolve("src/main")));
      }
    }
    return texts;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*(\\.(java|conf|sh|py|zpln|md)|/[a-z-]+)"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
