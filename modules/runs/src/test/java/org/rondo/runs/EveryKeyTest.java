package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.models.NetworkSpec;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingPlan;

/**
 * Every key of reference.conf, found from the file, with every value that someone may try: it means
 * something, or the error names it. Goes as far as a command does before it starts anything.
 */
final class EveryKeyTest {
  private static final int VOCABULARY = 96;
  private static final Optional<String> LOCAL = Optional.of("local[2]");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "NaN",
          "Infinity",
          "1e400",
          "1e-400",
          "1d",
          "1f",
          "0x10",
          "",
          "  ",
          "many",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "2147483647",
          "2147483648",
          "1000000000",
          "1000000",
          "20000",
          "1e300",
          "1e-300",
          "1.0",
          "1.0000000001",
          "0.9999999999999999");

  private static final List<String> TEXTS =
      List.of("", "  ", "no such word", "AUTO", "a:b", "a\u0000");
  private static final List<String> FLAGS = List.of("true", "false", "", "  ", "1", "yes", "TRUE");

  /** Free text, for which every value means something. */
  private static final List<String> FREE = List.of("generate.prime");

  static Stream<String> everyKey() {
    return Settings.defaults().all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void aValueMeansSomethingOrTheErrorNamesIt(String key) {
    for (String value : values(key)) {
      try {
        start(key, value);
      } catch (SettingsException e) {
        assertThat(e.getMessage()).as("%s=%s", key, value).contains(key, value);
        assertThat(e.getMessage().lines()).as("%s=%s", key, value).hasSize(1);
      } catch (RuntimeException | Error e) {
        fail(key + " = " + value + ": " + e, e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void nullTakesAKeyBackToItsDefault(String key) {
    String other = isFlag(key) ? "true" : "7";

    Settings changed = Settings.defaults().with(Map.of(key, other), "--set");

    assertThat(changed.all()).containsEntry(key, other);
    Settings back = changed.with(Map.of(key, "null"), "--set");
    assertThat(back.all()).isEqualTo(Settings.defaults().all());
    assertThat(back.isGiven(key)).isFalse();
  }

  private static List<String> values(String key) {
    if (FREE.contains(key)) {
      return List.of("", "null");
    }
    if (isFlag(key)) {
      return FLAGS;
    }
    boolean number = standard(key).matches("[0-9].*") || key.equals("sync.momentum");
    return number ? NUMBERS : TEXTS;
  }

  private static boolean isFlag(String key) {
    return List.of("true", "false").contains(standard(key));
  }

  private static String standard(String key) {
    return Settings.defaults().optional(key).orElse("");
  }

  /** What a command does with its settings before it reads a text or starts Spark. */
  private static void start(String key, String value) {
    var all = new HashMap<>(Map.of("data.path", "text", "output", "out", "precision", "float32"));
    all.putAll(Map.of("kernels.matmul", "java", "kernels.elementwise", "java"));
    all.put(key, value);
    all.remove(key.equals("data.train") ? "data.path" : "");
    Settings settings = Settings.defaults().with(all, "--set");
    var plans = new Plans(settings);
    plans.check();
    plans.corpus();
    plans.engine();
    plans.output();
    NetworkSpec network = plans.network(VOCABULARY);
    TrainingPlan training = plans.training();
    JobMemory memory = plans.memory(network, training);
    plans.sized(new ExecutorMemory(SparkStart.conf(settings, LOCAL), memory)::require);
    assertThat(training.minibatches()).isPositive();
    assertThat(Redaction.of(settings).shown(settings.under(""))).isNotEmpty();
  }
}
