package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.testkit.DocSnippets;
import org.rondo.testkit.DocSnippets.Snippet;

/** What docs/migrating-from-dl4j.md shows compiles as it stands there. */
final class MigrationSnippetsTest {
  @TempDir private Path folder;

  @Test
  void everyJavaSnippetCompiles() throws IOException {
    List<Snippet> snippets = DocSnippets.in(Path.of("../../docs/migrating-from-dl4j.md"), "java");

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
    for (Snippet snippet : snippets) {
      assertThat(DocSnippets.errors(snippet, folder)).as(snippet.code()).isEmpty();
    }
  }
}
