package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.search.Search;
import org.rondo.testkit.DocSnippets;
import org.rondo.testkit.DocSnippets.Snippet;

/**
 * The configurations that the documents show are ones that a training begins with: their keys and
 * values are checked as those of a job are before it starts.
 */
final class DocConfigurationsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern TASK = Pattern.compile("(?m)^task = ");

  /** What the parts of a page stand over: the task that the page is about, with its data. */
  private static final String WHOLE = "whole.conf";

  @TempDir private Path folder;

  static List<Snippet> snippets() throws IOException {
    var snippets = new ArrayList<Snippet>();
    for (Path page : DocSnippets.pages(ROOT)) {
      if (!page.endsWith("own-task.md")) { // the keys of a task that is not here
        snippets.addAll(DocSnippets.in(page, "hocon"));
      }
    }
    return snippets;
  }

  @BeforeEach
  void copyWhatASnippetIncludes() throws IOException {
    Files.copy(ROOT.resolve("conf/small-cluster.conf"), folder.resolve("small-cluster.conf"));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void everyConfigurationOfTheDocumentsCanBeTrained(Snippet snippet) throws IOException {
    assertThat(checked(snippet)).isNotNull();
  }

  @Test
  void everyPageOfATaskShowsAWholeConfiguration() throws IOException {
    assertThat(snippets())
        .filteredOn(snippet -> TASK.matcher(snippet.code()).find())
        .extracting(snippet -> snippet.page().getFileName().toString())
        .contains("classification.md", "tagging.md", "regression.md", "forecasting.md")
        .contains("anomalies.md", "translation.md", "speech.md");
  }

  @Test
  void whatCannotBeTrainedIsSaidWithPageAndLine() throws IOException {
    Path page = Files.createFile(folder.resolve("page.md"));
    var key = new Snippet(page, 7, "train {\n  bach = 8\n}\n");
    var value = new Snippet(page, 7, "optimizer.name = adamm\n");
    var searched = new Snippet(page, 7, "search.keys.network.unit = [1, 2]\n");

    assertThatThrownBy(() -> checked(key))
        .hasMessageContaining("page.md, line 8: unknown key train.bach");
    assertThatThrownBy(() -> checked(value))
        .hasMessageContaining("page.md, line 7: optimizer.name = adamm");
    assertThatThrownBy(() -> checked(searched)).hasMessageContaining("unknown key network.unit");
  }

  /** The values of a configuration, or of a part of one over the page's first that has a task. */
  private Settings checked(Snippet snippet) throws IOException {
    String whole =
        DocSnippets.in(snippet.page(), "hocon").stream()
            .map(Snippet::code)
            .filter(code -> TASK.matcher(code).find())
            .findFirst()
            .orElse("");
    Files.writeString(folder.resolve(WHOLE), whole);
    String code = snippet.inPlace();
    if (!TASK.matcher(code).find()) {
      code = "include \"" + WHOLE + "\"" + code; // whose first line is empty
    }
    Path file = folder.resolve(snippet.page().getFileName());
    Settings settings = Settings.load(Files.writeString(file, code).toFile());
    new Plans(settings).check();
    if (!settings.section("search.keys.").isEmpty()) {
      Search.trials(settings.with(Map.of("output", "output/search"), "--set"));
    }
    return settings;
  }
}
