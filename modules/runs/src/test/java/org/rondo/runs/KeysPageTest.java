package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;

/** docs/keys.md has every key with its default and meaning, as the files of defaults have them. */
final class KeysPageTest {
  private static final Path PAGE = Path.of("../../docs/keys.md");
  private static final Path WRITTEN = Path.of("target/keys.md");

  private final StringBuilder page = new StringBuilder();

  @Test
  void thePageIsWhatTheFilesOfDefaultsSay() throws IOException {
    page.append("# Configuration keys\n\n")
        .append(
            "Every key with its default. A configuration file or `--set KEY=VALUE` changes it;\n")
        .append("`null` takes it back to its default. Written from `reference.conf`.\n");
    section("", ConfigFactory.parseResources(Reference.class, "reference.conf").root());
    for (Task task : Task.ALL.members().values()) {
      if (task.getClass().getName().startsWith("org.rondo.")) { // not those of tests
        section("", TaskReference.of(task).root());
      }
    }
    Files.createDirectories(WRITTEN.getParent());
    Files.writeString(WRITTEN, page);

    assertThat(Files.readString(PAGE))
        .as("from the project's root: cp modules/runs/target/keys.md docs/keys.md")
        .isEqualTo(page.toString());
  }

  /** The keys of an object, in the order of the file; then its sections. */
  private void section(String path, ConfigObject object) {
    boolean begun = false;
    for (Map.Entry<String, ConfigValue> entry : inOrder(object)) {
      if (!isSection(entry.getValue())) {
        if (!begun) {
          page.append(path.isEmpty() ? "" : "\n## " + path.substring(0, path.length() - 1) + "\n")
              .append("\n| key | default | meaning |\n|---|---|---|\n");
          begun = true;
        }
        row(path + entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, ConfigValue> entry : inOrder(object)) {
      if (isSection(entry.getValue())) {
        section(path + entry.getKey() + ".", (ConfigObject) entry.getValue());
      }
    }
  }

  private static Iterable<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
    return object.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().origin().lineNumber()))
        .toList();
  }

  private static boolean isSection(ConfigValue value) {
    return value instanceof ConfigObject object && !object.isEmpty();
  }

  private void row(String key, ConfigValue value) {
    String meaning =
        value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
    String shown = value.render(ConfigRenderOptions.concise()).replace("|", "\\|");
    page.append("| `" + key + "` | `" + shown + "` | " + meaning.replace("|", "\\|") + " |\n");
  }
}
