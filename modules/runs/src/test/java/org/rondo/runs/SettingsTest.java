package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Task;

final class SettingsTest {
  @TempDir private Path folder;

  @Test
  void everyConfigurationThatIsShippedIsAccepted() throws IOException {
    try (Stream<Path> shipped = Files.list(Path.of("../../conf"))) {
      List<Path> files = shipped.filter(file -> file.toString().endsWith(".conf")).toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        Settings settings = Settings.load(file.toFile());
        if (settings.optional("data.train").isEmpty()) {
          settings = settings.with(Map.of("data.path", "text"), "--set");
        }
        new Plans(settings).check();
      }
    }
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    var expected = new LinkedHashMap<String, String>();
    expected.put("data.path", null);
    expected.put("data.train", null);
    expected.put("data.validation", null);
    expected.put("data.test", null);
    expected.put("data.tokenizer", "characters");
    expected.put("data.tokenizer_file", null);
    expected.put("data.validation_fraction", "0.1");
    expected.put("data.test_fraction", "0.0");
    expected.put("data.lowercase", "false");
    expected.put("data.minimum_count", "1");
    expected.put("data.maximum_vocabulary", "0");
    expected.put("data.invalid_utf8", "reject");
    expected.put("task", "language-model");
    expected.put("data.format", null);
    expected.put("data.sql", null);
    expected.put("data.order_column", null);
    expected.put("data.invalid_rows", "reject");
    expected.put("data.order", "auto");
    expected.put("data.shard_memory", "64");
    expected.put("data.buckets", "4");
    expected.put("data.prepared", null);
    expected.put("output", null);
    expected.put("seed", "1");
    expected.put("shards", "2");
    expected.put("precision", "auto");
    expected.put("engine", "rondo");
    expected.put("train.rounds", "100");
    expected.put("train.epochs", "0.0");
    expected.put("train.time_limit", "0.0");
    expected.put("train.sync_every", "50");
    expected.put("train.batch", "32");
    expected.put("train.unroll", "50");
    expected.put("train.vary_unroll", "false");
    expected.put("train.clip_norm", "5.0");
    expected.put("train.clip_value", "0.0");
    expected.put("train.scale_norm", "0.0");
    expected.put("sync.name", "average");
    expected.put("sync.momentum", "auto");
    expected.put("sync.learning_rate", "1.0");
    expected.put("sync.nesterov", "true");
    expected.put("sync.slots", "keep");
    expected.put("sync.growth", "1.0");
    expected.put("sync.maximum", "0");
    expected.put("sync.warm_up", "0");
    expected.put("sync.wire", "float32");
    expected.put("sync.delay", "0");
    expected.put("network.cell", "lstm");
    expected.put("network.layers", "2");
    expected.put("network.units", "128");
    expected.put("network.embedding", "0");
    expected.put("network.tied", "false");
    expected.put("network.reset", "none");
    expected.put("network.cutoffs", "");
    expected.put("network.samples", "0");
    expected.put("network.dropout", "0.0");
    expected.put("network.input_dropout", "auto");
    expected.put("network.output_dropout", "auto");
    expected.put("network.locked_dropout", "false");
    expected.put("network.embedding_dropout", "0.0");
    expected.put("network.weight_drop", "0.0");
    expected.put("network.activation_regularization", "0.0");
    expected.put("network.temporal_regularization", "0.0");
    expected.put("network.residual", "false");
    expected.put("network.initial", null);
    expected.put("network.bidirectional", "false");
    expected.put("optimizer.name", "adam");
    expected.put("optimizer.learning_rate", "0.002");
    expected.put("optimizer.scale", "none");
    expected.put("optimizer.momentum", "0.9");
    expected.put("optimizer.beta1", "0.9");
    expected.put("optimizer.beta2", "0.999");
    expected.put("optimizer.epsilon", "1e-8");
    expected.put("optimizer.weight_decay", "0.0");
    expected.put("schedule.name", "constant");
    expected.put("schedule.every", "1000");
    expected.put("schedule.factor", "0.5");
    expected.put("schedule.warm_up", "0");
    expected.put("schedule.minimum", "0.0");
    expected.put("schedule.patience", "2");
    expected.put("evaluate.every", "10");
    expected.put("evaluate.streams", "10");
    expected.put("evaluate.batch", "5");
    expected.put("evaluate.metric", "");
    expected.put("evaluate.average_after", "0");
    expected.put("early_stopping.patience", "0");
    expected.put("checkpoint.every", "10");
    expected.put("checkpoint.keep", "2");
    expected.put("checkpoint.retries", "5");
    expected.put("diagnostics.gradients", "false");
    expected.put("kernels.matmul", "auto");
    expected.put("kernels.elementwise", "auto");
    expected.put("kernels.allow_mixed", "false");
    expected.put("generate.length", "500");
    expected.put("generate.prime", "");
    expected.put("generate.temperature", "0.8");
    expected.put("generate.top_k", "0");
    expected.put("generate.top_p", "1.0");
    expected.put("generate.seed", "1");
    expected.put("generate.repetition_penalty", "1.0");
    expected.put("generate.beam", "0");
    expected.put("generate.samples", "1");
    expected.put("generate.stop", "");
    expected.put("search.samples", "0");
    expected.put("search.seed", "1");
    expected.put("search.parallel", "2");
    expected.put("search.halving.rungs", "1");
    expected.put("search.halving.factor", "3");
    expected.put("report.tensorboard", "false");

    // The tasks pin their own.
    Map<String, String> own = new TreeMap<>(Settings.defaults().all());
    for (Task task : Task.ALL.members().values()) {
      own.keySet().removeIf(key -> key.startsWith(task.name() + "."));
    }
    assertThat(own).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void everyKeyIsExplained() {
    assertThat(Reference.comments())
        .allSatisfy((key, comment) -> assertThat(comment).as(key).isNotBlank());
  }

  @Test
  void theCommandLineStandsOverTheFileAndTheFileOverTheDefaults() throws IOException {
    File conf = conf("train { rounds = 7, batch = 3 }");

    Settings settings =
        Settings.load(conf).with(Map.of("train.batch", "4", "data.path", "hdfs://a/b"), "--set");

    assertThat(settings.whole("train.rounds")).isEqualTo(7);
    assertThat(settings.whole("train.batch")).isEqualTo(4);
    assertThat(settings.whole("train.unroll")).isEqualTo(50);
    assertThat(settings.text("data.path")).isEqualTo("hdfs://a/b");
  }

  @ParameterizedTest
  @CsvSource({
    "train.unrol, train.unroll",
    "learning_rate, optimizer.learning_rate",
    "data.pth, data.path",
    "optimiser.name, optimizer.name",
    "shard, shards",
  })
  void anUnknownKeyNamesItsPlaceAndNearestNeighbour(String key, String near) throws IOException {
    File conf = conf("seed = 3\n\n" + key + " = 1\n");

    assertThatThrownBy(() -> Settings.load(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage("%s, line 3: unknown key %s; did you mean %s?", conf, key, near);
  }

  @Test
  void aKeyUnlikeAnyOtherHasNoNeighbour() throws IOException {
    File conf = conf("qqqqqqqq = 1");

    assertThatThrownBy(() -> Settings.load(conf))
        .hasMessage("%s, line 1: unknown key qqqqqqqq", conf);
  }

  @Test
  void anUnknownKeyOnTheCommandLineSaysWhereItStands() throws IOException {
    File conf = conf("");

    assertThatThrownBy(() -> Settings.load(conf).with(Map.of("sed", "1"), "--set"))
        .hasMessage("--set: unknown key sed; did you mean seed?");
  }

  @ParameterizedTest
  @CsvSource({
    "train.rounds, many, 'a whole number of 64 bits, in digits alone'",
    "train.rounds, 1.0, 'a whole number of 64 bits, in digits alone'",
    "train.clip_norm, tight, 'a decimal number, 0 or of a magnitude from 1.2e-38 to 3.4e38'",
    "train.clip_norm, 1e-400, 'a decimal number, 0 or of a magnitude from 1.2e-38 to 3.4e38'",
    "kernels.allow_mixed, 1, true or false",
    "'train.rounds', '[1]', 'a whole number of 64 bits, in digits alone'",
  })
  void aWrongTypeNamesPlaceKeyValueAndWhatIsExpected(String key, String value, String expected)
      throws IOException {
    File conf = conf("seed = 3\n" + key + " = " + value);

    assertThatThrownBy(() -> Settings.load(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage("%s, line 2: %s = %s, expected %s", conf, key, value, expected);
  }

  @Test
  void nullInAFileTakesAKeyBackToItsDefault() throws IOException {
    File conf = conf("train.rounds = 7\ndata.path = text\ntrain.rounds = null");

    Settings settings = Settings.load(conf).with(Map.of("data.path", "null"), "--set");

    assertThat(settings.all()).isEqualTo(Settings.defaults().all());
    assertThat(settings.withText("generate.prime", "null", "--prime").text("generate.prime"))
        .isEqualTo("null");
  }

  @Test
  void aPlanRefusesAValueAsItWasWrittenWithItsPlace() throws IOException {
    File conf = conf("seed = 3\noptimizer.learning_rate = -1e-3\nnetwork.units = 0");

    assertThatThrownBy(() -> new Plans(Settings.load(conf)).training())
        .isInstanceOf(SettingsException.class)
        .hasMessage("%s, line 2: optimizer.learning_rate = -1e-3: must be a float32 above 0", conf);
    assertThatThrownBy(() -> new Plans(Settings.load(conf)).network(1))
        .hasMessage("%s, line 3: network.units = 0: must be from 1 to 16777216", conf);
  }

  @Test
  void aNetworkThatIsTooLargeIsRefusedWithItsSize() {
    Settings large = Settings.defaults().with(Map.of("network.units", "20000"), "--set");

    assertThatThrownBy(() -> new Plans(large).network(100))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(
            "6,404,160,100 parameters, 25.6 GB", "network.units = 20000", "network.layers = 2");
  }

  @Test
  void aMissingRequiredKeyIsNamed() {
    assertThatThrownBy(() -> Settings.defaults().text("output"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("output is required");
  }

  @Test
  void aMissingFileIsNamed() {
    File missing = folder.resolve("none.conf").toFile();

    assertThatThrownBy(() -> Settings.load(missing))
        .isInstanceOf(SettingsException.class)
        .hasMessage("configuration file %s does not exist", missing);
  }

  @Test
  void aFileThatIsNoHoconNamesTheLine() throws IOException {
    File conf = conf("seed = 3\ntrain {\n");

    assertThatThrownBy(() -> Settings.load(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(conf.getName());
  }

  @Test
  void sparkKeysPassAsTheyStand() throws IOException {
    File conf =
        conf(
            """
            spark.executor.memory = 2g
            "spark.speculation" = true
            spark.speculation.quantile = 0.9
            """);

    assertThat(Settings.load(conf).with(Map.of("spark.ui.enabled", "false"), "--set").spark())
        .containsOnly(
            Map.entry("spark.executor.memory", "2g"),
            Map.entry("spark.speculation", "true"),
            Map.entry("spark.speculation.quantile", "0.9"),
            Map.entry("spark.ui.enabled", "false"));
  }

  @Test
  void optionsOfTheCellPassByTheirNames() throws IOException {
    File conf =
        conf("network { cell = vanilla, cell_options { activation = relu }, residual = true }");

    Settings settings =
        Settings.load(conf).with(Map.of("network.cell_options.initial", "orthogonal"), "--set");
    NetworkSpec network = new Plans(settings).network(10);

    assertThat(settings.cellOptions())
        .containsOnly(Map.entry("activation", "relu"), Map.entry("initial", "orthogonal"));
    var cell = new CellSpec("vanilla", 128, new Options(settings.cellOptions()));
    assertThat(network).isEqualTo(new RecurrentStack(cell, 2, 0, true, false).languageModel(10));
  }

  @Test
  void samplesOfASoftmaxAreNotFewerThanNone() {
    Settings settings =
        Settings.defaults().with(Map.of("network.samples", "-5", "network.tied", "true"), "test");
    assertThatThrownBy(() -> new Plans(settings).network(10))
        .hasMessageContaining("network.samples = -5: must be a whole number >= 0");
  }

  @Test
  void documentsBeginAtTheEndOfALine() {
    var words = new Vocabulary("words", List.of("<unk>", "the", "<eos>"));
    var characters = new Vocabulary("characters", List.of("<unk>", "a"));
    Plans plans = new Plans(Settings.defaults().with(Map.of("network.reset", "document"), "test"));

    assertThat(plans.network(words).documentStart()).isEqualTo(2);
    assertThat(new Plans(Settings.defaults()).network(words).documentStart()).isNull();
    assertThatThrownBy(() -> plans.network(characters))
        .hasMessageContaining("network.reset = document")
        .hasMessageContaining("needs a text with ends of lines, which say where documents end");
    Vocabulary bytes =
        Tokenizer.named("bpe").vocabulary(new TokenCounts(), false, new VocabularyPlan(1, 257));
    assertThat(plans.network(bytes).documentStart()).isEqualTo(bytes.id("\u010A"));
    var merged =
        Vocabulary.fromJson(
            bytes
                .toJson()
                .replaceFirst(
                    "\\s*]\\s*}\\s*$",
                    ", \"\u010A\u010A\" ], \"merges\" : [ \"\u010A \u010A\" ] }"));
    assertThatThrownBy(() -> plans.network(merged))
        .hasMessageContaining("network.reset = document: needs a token for each end of a line")
        .hasMessageContaining("such as \"\u010A\u010A\"");
    Map<String, String> documents = Map.of("network.reset", "document", "data.format", "json");
    NetworkSpec ofDocuments =
        new Plans(Settings.defaults().with(documents, "test")).network(merged);
    assertThat(ofDocuments.documentStart()).isEqualTo(merged.id("\u010A"));
    Settings other = Settings.defaults().with(Map.of("network.reset", "line"), "test");
    assertThatThrownBy(() -> new Plans(other).network(words))
        .hasMessageContaining("must be none or document");
  }

  @Test
  void freeKeysHoldSingleValuesToo() throws IOException {
    File conf = conf("network.cell_options.activation = [tanh]");

    assertThatThrownBy(() -> Settings.load(conf))
        .hasMessage("%s, line 1: network.cell_options.activation = [tanh], expected text", conf);
  }

  @ParameterizedTest
  @CsvSource({
    "include url(\"http://127.0.0.1:1/x.conf\"), url(http://127.0.0.1:1/x.conf)",
    "include \"http://127.0.0.1:1/x.conf\", http://127.0.0.1:1/x.conf",
    "include required(url(\"file:/etc/hostname\")), url(file:/etc/hostname)",
    "include classpath(\"reference.conf\"), classpath(reference.conf)",
  })
  void filesAloneAreIncluded(String include, String named) throws IOException {
    File conf = conf(include);

    assertThatThrownBy(() -> Settings.load(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "configuration: %s includes %s, which is not read: only files can be included, so save it as one",
            conf, named);
  }

  @Test
  void whatIsNoTextIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("latin.conf");
    Files.write(file, "seed = 1\n# M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Settings.load(file.toFile()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("configuration file %s is no text in UTF-8: line 2 holds the byte 0xfc", file);
    Files.write(file, new byte[] {'a', '\n', '\n', 0});
    assertThatThrownBy(() -> Settings.load(conf("include \"latin.conf\"")))
        .hasMessage("configuration file %s is no text in UTF-8: line 3 holds the byte 0x00", file);
    Files.write(file, new byte[2 << 20]);
    assertThatThrownBy(() -> Settings.load(file.toFile()))
        .hasMessageStartingWith("configuration file " + file + " holds 2,097,152 bytes");
    assertThatThrownBy(() -> Settings.load(new File("/dev/null")))
        .hasMessageStartingWith("configuration file /dev/null is neither a file nor a folder");
    assertThat(Settings.load(conf("\uFEFFseed = 5")).text("seed")).isEqualTo("5");
  }

  @Test
  void nestingWithoutEndIsRefused() throws IOException {
    File conf = conf("a={".repeat(100_000));

    assertThatThrownBy(() -> Settings.load(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage("configuration file %s is nested too deeply", conf);
  }

  private File conf(String text) throws IOException {
    return Files.writeString(folder.resolve("test.conf"), text).toFile();
  }

  @Test
  void includesCountFromTheWorkingFolderWhereTheNameHasNone() throws IOException {
    Path included = Files.writeString(folder.resolve("included.conf"), "seed = 7");
    Path outer = Files.createTempFile(Path.of(""), "outer", ".conf");
    try {
      Path from = outer.toAbsolutePath().getParent();
      Files.writeString(outer, "include \"%s\"".formatted(from.relativize(included)));
      assertThat(outer.getParent()).isNull();
      assertThat(Settings.load(outer.toFile()).text("seed")).isEqualTo("7");
    } finally {
      Files.delete(outer);
    }
  }

  @Test
  void anIncludeThatIsMissingIsRefusedWithTheFileThatNamesIt() throws IOException {
    Path outer = Files.writeString(folder.resolve("outer.conf"), "include \"inner\"\nseed = 1");
    Path inner =
        Files.writeString(folder.resolve("inner.conf"), "include \"sub/gone.conf\"\nseed = 2");

    assertThatThrownBy(() -> Settings.load(outer.toFile()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "configuration: %s includes \"sub/gone.conf\", and there is no such file", inner);

    Files.writeString(inner, "include file(\"/no/such.conf\")");
    assertThatThrownBy(() -> Settings.load(outer.toFile()))
        .hasMessageContaining("%s includes \"/no/such.conf\"", inner);
  }

  @Test
  void filesAreAllThatWereReadEvenWhereNothingOfThemIsLeft() throws IOException {
    Path inner = Files.writeString(folder.resolve("inner.conf"), "seed = 2");
    Path outer =
        Files.writeString(
            folder.resolve("outer.conf"),
            "include \"inner\"\ninclude file(\"%s\")\nseed = 1".formatted(inner));

    Settings settings = Settings.load(outer.toFile());

    assertThat(settings.whole("seed")).isEqualTo(1);
    assertThat(settings.with(Map.of("shards", "3"), "--set").files())
        .containsExactly(inner.toString(), outer.toString());
  }
}
