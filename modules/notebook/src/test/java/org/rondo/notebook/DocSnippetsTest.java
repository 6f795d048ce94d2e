package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.testkit.DocSnippets;
import org.rondo.testkit.DocSnippets.Snippet;

/** What README.md and docs show of Java compiles as it stands there. */
final class DocSnippetsTest {
  @TempDir private Path folder;

  @Test
  void everyJavaSnippetCompiles() throws IOException {
    var snippets = new ArrayList<Snippet>();
    for (Path page : DocSnippets.pages(Path.of("../.."))) {
      // The first one's module has DL4J; the others show parts of a class, see below.
      if (!page.getFileName().toString().matches("(migrating-from-dl4j|own-task|own-cell)\\.md")) {
        snippets.addAll(DocSnippets.in(page, "java"));
      }
    }

    assertThat(snippets).isNotEmpty();
    for (Snippet snippet : snippets) {
      assertThat(DocSnippets.errors(snippet, folder)).as(snippet.code()).isEmpty();
    }
  }

  @Test
  void thePartsOfTheExampleTaskAreItsOwn() throws IOException {
    Path page = Path.of("../../docs/tasks/own-task.md");
    Path tests = Path.of("../tasks/src/test");
    String task = Files.readString(tests.resolve("java/com/example/parity/ParityTask.java"));
    String keys = Files.readString(tests.resolve("resources/com/example/parity/reference.conf"));

    assertArePartsOf(task, page);
    for (Snippet snippet : DocSnippets.in(page, "hocon")) {
      assertThat(keys).contains(snippet.code());
    }
  }

  @Test
  void thePartsOfTheExampleCellAreItsOwn() throws IOException {
    Path cell = Path.of("../models/src/main/java/org/rondo/models/cells/VanillaCell.java");

    assertArePartsOf(Files.readString(cell), Path.of("../../docs/own-cell.md"));
  }

  private static void assertArePartsOf(String source, Path page) throws IOException {
    assertThat(DocSnippets.in(page, "java")).isNotEmpty();
    for (Snippet snippet : DocSnippets.in(page, "java")) {
      assertThat(source.lines())
          .containsAll(snippet.code().replace("  ...\n", "").lines().toList());
    }
  }

  @Test
  void whatDoesNotCompileIsFound() {
    var wrong = new Snippet(Path.of("nowhere"), 1, "int i = \"one\";\n");

    List<String> errors = DocSnippets.errors(wrong, folder);

    assertThat(errors).singleElement().asString().contains("nowhere", "incompatible types");
  }
}
