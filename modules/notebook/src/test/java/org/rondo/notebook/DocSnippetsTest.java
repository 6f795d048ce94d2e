package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
      if (!page.endsWith("migrating-from-dl4j.md")) { // its own module has DL4J
        snippets.addAll(DocSnippets.in(page, "java"));
      }
    }

    assertThat(snippets).isNotEmpty();
    for (Snippet snippet : snippets) {
      assertThat(DocSnippets.errors(snippet, folder)).as(snippet.code()).isEmpty();
    }
  }

  @Test
  void whatDoesNotCompileIsFound() {
    var wrong = new Snippet("nowhere", "int i = \"one\";\n");

    List<String> errors = DocSnippets.errors(wrong, folder);

    assertThat(errors).singleElement().asString().contains("nowhere", "incompatible types");
  }
}
