package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rondo.runs.Engine;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;

/** What docs/migrating-from-dl4j.md tells readers to type. */
final class MigrationGuideTest {
  private static final Path ROOT = Path.of("../..");

  /** A command that trains, over as many lines as end in a backslash. */
  private static final Pattern COMMAND =
      Pattern.compile("scripts/rondo train (\\S+)((?:.*\\\\\\n)*.*)");

  private static final Pattern SET = Pattern.compile("--set (\\S+?)=(\\S+)");

  @Test
  void theCommandThatTrainsByDl4jIsOneThatTheEngineTakes() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/migrating-from-dl4j.md"));
    MatchResult command = COMMAND.matcher(guide).results().findFirst().orElseThrow();
    Map<String, String> changed = new HashMap<>();
    SET.matcher(command.group(2)).results().forEach(set -> changed.put(set.group(1), set.group(2)));

    Settings shipped = Settings.load(ROOT.resolve(command.group(1)).toFile());
    var plans = new Plans(shipped.with(changed, "--set"));

    plans.check();
    Engine engine = plans.engine();
    assertThat(engine).isInstanceOf(Dl4jEngine.class);
    engine.check(plans.network(9), plans.training());
  }
}
