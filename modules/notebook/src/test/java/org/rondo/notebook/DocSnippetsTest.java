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
      // The first one's module has DL4J; the other shows parts of a class, see below.
      if (!page.endsWith("migrating-from-dl4j.md") && !page.endsWith("own-task.md")) {
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

    for (Snippet snippet : DocSnippets.in(page, "java")) {
      assertThat(task.lines()).containsAll(snippet.code().replace("  ...\n", "").lines().toList());
    }
    for (Snippet snippet : DocSnippets.in(page, "hocon")) {
      assertThat(keys).contains(snippet.code());
    }
  }

  @Test
  void whatDoesNotCompileIsFound() {
    var wrong = new Snippet("nowhere", "int i = \"one\";\n");

    List<String> errors = DocSnippets.errors(wrong, folder);

    assertThat(errors).singleElement().asString().contains("nowhere", "incompatible types");
  }
}
