package org.rondo.cli;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command on a configuration takes. */
final class RunOptions {
  @Parameters(paramLabel = "CONF", description = "Configuration file, such as conf/char-lm.conf.")
  private File file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets a key over the file; may be given several times. KEY=null takes it back to its default.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark master: local[2], local-cluster[2,1,2048] (executors, cores, MB each), spark://HOST:PORT; by default spark-submit's, else local[*].")
  private String master;

  Settings settings() {
    return Settings.load(file).with(overrides, "--set");
  }

  File file() {
    return file;
  }

  /** What {@code --set} gave, in the order in which it was given. */
  Map<String, String> overrides() {
    return overrides;
  }

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  /**
   * Refuses a Spark master beside threads of this process.
   *
   * @param inProcess whether {@code --in-process} is given
   */
  void requireOnePlace(boolean inProcess) {
    if (inProcess && master != null) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, "--in-process and --master %s are both given; choose one", master));
    }
  }
}
