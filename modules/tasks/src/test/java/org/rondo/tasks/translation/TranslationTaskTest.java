package org.rondo.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Hypothesis;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;
import org.rondo.tasks.pictures.MatrixPicture;
import org.rondo.tasks.pictures.Picture;

class TranslationTaskTest {
  private static final Task TASK = new TranslationTask();

  private static Example row(String source, String target) {
    var values = new HashMap<String, Object>();
    values.put("source", source);
    values.put("target", target);
    return new Example("t.en, line 7", values);
  }

  private static final Example[] ROWS = {
    row("A cat.", "Eine Katze."),
    row("A dog and a cat.", "Ein Hund und eine Katze."),
    row("Cats, dogs!", "Katzen, Hunde!"),
    row("dogs", "Hunde"),
  };

  private static TaskSettings settings(String... keys) {
    return TaskKeys.of(TASK, keys);
  }

  private static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  @Test
  void isFoundByItsNameAndReadsTwoTexts() {
    assertThat(Task.ALL.names()).contains("translation");
    assertThat(TASK.columns(settings()))
        .containsExactly(
            new Column("source", ColumnType.TEXT, Need.ALWAYS),
            new Column("target", ColumnType.TEXT, Need.TO_LEARN));
  }

  @Test
  void bytePairsLeaveNoWordOfEitherSideUnknown() {
    String[] keys = {"source_tokenizer", "bpe", "target_tokenizer", "bpe"};
    String[] sized = {keys[0], keys[1], keys[2], keys[3], "maximum_vocabulary", "257"};
    Features fitted = fit(settings(sized), ROWS);
    for (Features each : List.of(fitted, TASK.features(fitted.toJson()))) {
      assertThat(each.shape().ids()).containsExactly(257); // no merge: every byte is a token
      assertThat(each.encode(row("A \u00E9", "Neu")).length()).isEqualTo(4);
    }
    assertThatThrownBy(() -> fit(settings(keys), ROWS))
        .hasMessageStartingWith("translation.maximum_vocabulary = 0: must be >= 257 with bpe");
  }

  /** Seven ideographs are one word, and 21 byte pairs. */
  @Test
  void lengthsAreCountedInBytePairs() {
    String[] keys = {"source_tokenizer", "bpe", "maximum_vocabulary", "257", "more_labels", "2"};
    String gate = "\u6211\u7231\u5317\u4EAC\u5929\u5B89\u95E8";
    Features features = fit(settings(keys), row(gate, "the gate of heavenly peace is what I love"));
    assertThat(features.summary()).contains(", 1 source word, 9 target tokens");
    assertThat(features.encode(row(gate, "the gate of heavenly peace")).length()).isEqualTo(21);
    assertThatThrownBy(() -> features.encode(row(gate, "gate ".repeat(34))))
        .hasMessageContaining("column target has 34 tokens, more than the 33 that");
    assertThatThrownBy(() -> features.encode(row(gate.repeat(5), "gate")))
        .hasMessageContaining(
            "column source has 105 tokens, and translation.maximum_length is 100");
  }

  @ParameterizedTest
  @CsvSource({"words-and-joined-marks", "unicode-words", "characters", "bpe"})
  void whiteSpaceIsNoText(String tokenizer) {
    String[] keys = {
      "source_tokenizer", tokenizer, "target_tokenizer", tokenizer, "maximum_vocabulary", "300"
    };
    Features features = fit(settings(keys), ROWS);
    Fitting fitting = TASK.fitting(settings(keys));
    for (String blank : List.of("  ", "\u00A0", "\u3000\t")) {
      assertThatThrownBy(() -> features.encode(row(blank, "x")))
          .hasMessage("t.en, line 7: column source is empty");
      assertThatThrownBy(() -> fitting.add(row("x", blank)))
          .hasMessage("t.en, line 7: column target is empty");
    }
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    assertThat(TaskKeys.defaults(TASK))
        .containsExactly(
            entry("attention", "scaled"),
            entry("beam", "5"),
            entry("best", "1"),
            entry("coverage_penalty", "0"),
            entry("decoder_layers", "1"),
            entry("decoder_units", "0"),
            entry("embedding", "0"),
            entry("input_feeding", "true"),
            entry("label_smoothing", "0"),
            entry("labels_per_step", "1.5"),
            entry("length_penalty", "0.6"),
            entry("long_rows", "refuse"),
            entry("lowercase", "false"),
            entry("maximum_length", "100"),
            entry("maximum_vocabulary", "0"),
            entry("metric", "bleu"),
            entry("minimum_count", "1"),
            entry("more_labels", "10"),
            entry("replace_unknown", "true"),
            entry("scheduled_sampling", "0"),
            entry("show_attention", "false"),
            entry("source_tokenizer", "words-and-joined-marks"),
            entry("target_embedding", "0"),
            entry("target_tokenizer", "words-and-joined-marks"));
  }

  @ParameterizedTest
  @CsvSource({
    "attention,local",
    "beam,0",
    "best,6",
    "coverage_penalty,-1",
    "decoder_layers,0",
    "decoder_layers,101",
    "decoder_units,-1",
    "embedding,x",
    "input_feeding,maybe",
    "label_smoothing,1",
    "labels_per_step,-1",
    "length_penalty,x",
    "long_rows,skip",
    "lowercase,1",
    "maximum_length,0",
    "maximum_vocabulary,1",
    "metric,accuracy",
    "minimum_count,0",
    "more_labels,0",
    "replace_unknown,x",
    "scheduled_sampling,0.5",
    "scheduled_sampling,1000000000",
    "show_attention,x",
    "source_tokenizer,syllables",
    "target_embedding,-1",
    "target_tokenizer,x"
  })
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(settings(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("translation." + key + " = " + value + ": must be");
  }

  @Test
  void keysThatTheLayersDoNotSuitAreRefused() {
    var stack = new RecurrentStack(CellSpec.of("lstm", 12), 1, 0, false, true);
    assertThatThrownBy(() -> TASK.check(stack, settings("attention", "dot", "decoder_units", "12")))
        .hasMessage(
            "translation.attention = dot: multiplies the decoder's 12 units with the encoder's 24"
                + " outputs, which must be as many; general has a matrix between them");
    TASK.check(stack, settings("attention", "dot", "decoder_units", "24"));
    TASK.check(stack, settings("attention", "dot"));
    TaskSettings wide = settings("beam", "1000");
    TranslationSearch search = TranslationSearch.of(wide);
    search.requireRoom(8000, wide);
    assertThatThrownBy(() -> search.requireRoom(30_000, wide))
        .hasMessage("translation.beam = 1000: must be at most 279 with 30,000 tokens");
  }

  /** Tokens that occur twice come first: A, cat, dogs and the joined point. */
  @Test
  void rowsBecomeIdsOfEitherSideWithAnEnd() {
    Features features = fit(settings(), ROWS);
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(11), 0, 13, 0));
    var counts = new Counts();
    Sequence sequence = features.encode(row("A bird.", "Hunde!"), counts);
    assertThat(sequence.length()).isEqualTo(3);
    assertThat(sequence.ids()).as("A, <unk>, joined point").containsExactly(1, 0, 4);
    assertThat(sequence.targets()).hasSize(3).endsWith(12);
    assertThat(counts.all())
        .containsEntry("rows", 1L)
        .containsEntry("source tokens", 3L)
        .containsEntry("unknown source tokens", 1L)
        .containsEntry("unknown target tokens", 0L);
    assertThat(features.encode(new Example("x", Map.of("source", "A cat."))).targets()).isEmpty();
    assertThat(fit(settings("lowercase", "true", "minimum_count", "2"), ROWS).summary())
        .startsWith(
            "translation of 5 tokens (words-and-joined-marks) to 5 tokens (words-and-joined-marks)");
  }

  @Test
  void partsThatAreMergedComeToTheSame() {
    Fitting first = TASK.fitting(settings());
    first.add(ROWS[3]);
    Fitting second = TASK.fitting(settings());
    Arrays.stream(ROWS).limit(3).forEach(second::add);
    first.merge(second);
    assertThat(first.features().toJson()).isEqualTo(fit(settings(), ROWS).toJson());
  }

  @Test
  void featuresAreWhatTheirJsonSays() {
    Features features = fit(settings("metric", "chrf"), ROWS);
    Features read = TASK.features(features.toJson());
    assertThat(read.toJson()).isEqualTo(features.toJson());
    assertThat(read.encode(ROWS[1]).targets()).isEqualTo(features.encode(ROWS[1]).targets());
    assertThat(read.metrics()).extracting(Metric::name).containsExactly("chrf", "bleu");
    assertThat(TASK.metrics(settings())).containsExactlyInAnyOrder("chrf", "bleu");
    assertThatThrownBy(() -> TASK.features(features.toJson().replace("\"chrf\"", "\"accuracy\"")))
        .hasMessageContaining("metric");
  }

  /** What is asked of a network changes neither what is learned nor what is prepared. */
  @Test
  void aSearchIsNoPartOfWhatIsLearned() {
    TaskSettings wide = settings("beam", "9", "best", "3", "show_attention", "true");
    Features features = fit(settings(), ROWS);
    assertThat(fit(wide, ROWS).toJson()).isEqualTo(features.toJson());
    assertThat(TASK.keysOfPrediction())
        .containsExactlyInAnyOrder(
            "beam",
            "best",
            "coverage_penalty",
            "length_penalty",
            "replace_unknown",
            "show_attention");
    NetworkSpec learned = network(features, wide);
    assertThat(learned.head().options().values())
        .containsEntry("beam", "1")
        .containsEntry("best", "1");
    Features asked = TASK.features(features.predicting(wide).toJson());
    NetworkSpec searching = asked.searching(learned);
    assertThat(searching.head().options().values())
        .containsEntry("beam", "9")
        .containsEntry("best", "3")
        .containsEntry("length_penalty", "0.6")
        .containsEntry("attention", "scaled");
    assertThat(searching.layers()).isEqualTo(learned.layers());
    assertThat(asked.decoder().columns())
        .extracting(Column::role)
        .containsExactly(
            "prediction",
            "score",
            "translations",
            "scores",
            "source_tokens",
            "target_tokens",
            "attention");
    assertThat(features.decoder().columns())
        .extracting(Column::role)
        .containsExactly("prediction", "score");
  }

  private static NetworkSpec network(Features features, TaskSettings settings) {
    var stack = new RecurrentStack(CellSpec.of("lstm", 12), 1, 0, false, true);
    return features.network(stack, settings);
  }

  @Test
  void keysOfTheDecoderReachTheNetwork() {
    Features features = fit(settings(), ROWS);
    var stack = new RecurrentStack(CellSpec.of("gru", 12), 1, 0.25, false, true);
    NetworkSpec spec =
        features.network(
            stack,
            settings(
                "decoder_layers",
                "2",
                "decoder_units",
                "7",
                "embedding",
                "5",
                "attention",
                "additive",
                "input_feeding",
                "false",
                "label_smoothing",
                "0.1",
                "scheduled_sampling",
                "500"));
    assertThat(spec.head().type()).isEqualTo("decoder");
    assertThat(spec.head().outputs()).isEqualTo(13);
    assertThat(spec.head().options().values())
        .containsEntry("cell", "gru")
        .containsEntry("layers", "2")
        .containsEntry("units", "7")
        .containsEntry("embedding", "5")
        .containsEntry("attention", "additive")
        .containsEntry("input_feeding", "false")
        .containsEntry("dropout", "0.25")
        .containsEntry("label_smoothing", "0.1")
        .containsEntry("scheduled_sampling", "500.0")
        .containsEntry("labels_per_step", "1.5")
        .containsEntry("more_labels", "10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|x|source is empty",
        "' \t '|x|source is empty",
        "x|''|target is empty",
        "|x|source has no value",
        "a b c d|x|source has 4 tokens, and translation.maximum_length is 3; translation.long_rows = cut takes the first ones",
        "a b|a b c d e f g|target has 7 tokens, more than the 4 that translation.labels_per_step and translation.more_labels allow for 2 of the source; raise them, or set translation.long_rows = cut",
      })
  void rowsThatCannotBeLearnedNamePlaceColumnAndReason(
      String source, String target, String problem) {
    TaskSettings short3 =
        settings("maximum_length", "3", "labels_per_step", "1.5", "more_labels", "2");
    Features features = fit(short3, row("a b c", "x y"));
    String message = "t.en, line 7: column " + problem;
    assertThatThrownBy(() -> features.encode(row(source, target)))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(message);
    Fitting fitting = TASK.fitting(short3);
    assertThatThrownBy(() -> fitting.add(row(source, target))).hasMessage(message);
    assertThatThrownBy(fitting::features)
        .isInstanceOf(IngestException.class)
        .hasMessage("translation: there is no training row; there is nothing to learn");
  }

  @Test
  void sentencesOfTwoThousandWordsAreRefusedByDefault() {
    Features features = fit(settings(), ROWS);
    String words = "cat ".repeat(2000);
    assertThatThrownBy(() -> features.encode(row(words, "Katze")))
        .hasMessage(
            "t.en, line 7: column source has 2,000 tokens, and translation.maximum_length is 100;"
                + " translation.long_rows = cut takes the first ones");
    assertThatThrownBy(() -> features.encode(row("cat", words)))
        .hasMessageStartingWith("t.en, line 7: column target has 2,000 tokens, more than the 11");
    var unlabelled = new Example("x", Map.of("source", words));
    assertThat(features.predicting(settings("long_rows", "cut")).encode(unlabelled).length())
        .isEqualTo(100);
  }

  /** A target that breaks off is learned without an end; 2 tokens of source have room for 5. */
  @Test
  void longRowsAreCutAndCountedWhereThatIsAsked() {
    TaskSettings cutting = settings("maximum_length", "2", "long_rows", "cut", "more_labels", "2");
    Features features = fit(cutting, row("a b c", "p q r s t u"), row("a", "p"));
    var counts = new Counts();
    Sequence cut = features.encode(row("b a ".repeat(1000), "p q r s t u"), counts);
    assertThat(cut.length()).isEqualTo(2);
    assertThat(cut.targets()).hasSize(4).doesNotContain(features.shape().classes() - 1);
    assertThat(counts.all()).containsEntry("cut sources", 1L).containsEntry("cut targets", 1L);
    assertThat(features.summary()).contains("1 cut source", "1 cut target");
    assertThat(features.encode(row("a", "p")).targets()).endsWith(features.shape().classes() - 1);
    assertThat(features.predicting(settings()).encode(row("b a b", "p")).length()).isEqualTo(2);
  }

  @Test
  void unknownTokensAreReplacedByWhatIsLookedAt() {
    Features features =
        fit(settings(), ROWS)
            .predicting(settings("beam", "2", "best", "2", "show_attention", "true"));
    int cat = features.encode(row("x", "Katze")).targets()[0];
    float[][] looks = {{0.2f, 0.5f, 0.3f}, {0.6f, 0.4f, 0}, {0, 0, 1}};
    Example bird = new Example("x", Map.of("source", "A bird."));
    Predictions found =
        Predictions.searched(
            new int[] {0, cat, 12},
            List.of(
                new Hypothesis(new int[] {0, cat}, true, -1, -0.5, looks),
                new Hypothesis(new int[] {cat}, true, -2, -1.5, looks)));
    Map<String, Object> values = features.decoder().decode(bird, found);
    assertThat(values)
        .containsEntry("prediction", "bird Katze")
        .containsEntry("score", -0.5)
        .containsEntry("translations", List.of("bird Katze", "Katze"))
        .containsEntry("source_tokens", List.of("A", "bird", "\uFFED."))
        .containsEntry("target_tokens", List.of("bird", "Katze"));
    assertThat((double[]) values.get("scores")).containsExactly(-0.5, -1.5);
    assertThat((float[][]) values.get("attention")).isDeepEqualTo(Arrays.copyOf(looks, 2));
    assertThat(
            features.predicting(settings("replace_unknown", "false")).decoder().decode(bird, found))
        .containsOnly(entry("prediction", "<unk> Katze"), entry("score", -0.5));
  }

  @ParameterizedTest
  @CsvSource({
    "bpe, words-and-joined-marks, 1, x M\u00FCnchen",
    "words-and-joined-marks, words, 2, x .",
    "words, bpe, 1, x M\u00FCnchen.",
  })
  void whatIsLookedAtIsWrittenAsTextOfTheTarget(
      String sources, String targets, int place, String text) {
    TaskSettings settings =
        settings(
            "source_tokenizer", sources, "target_tokenizer", targets, "maximum_vocabulary", "400");
    Example row = row("in M\u00FCnchen.", "x");
    Features features = fit(settings, row, row);
    Sequence sequence = features.encode(row);
    var looks = new float[2][sequence.length()];
    looks[1][place] = 1;
    int[] labels = {sequence.targets()[0], 0};
    var found = List.of(new Hypothesis(labels, true, -1, -1, looks));
    assertThat(features.decoder().decode(row, Predictions.searched(labels, found)))
        .containsEntry("prediction", text);
  }

  @Test
  void bytePairsAreDrawnAsText() {
    TaskSettings settings =
        settings("source_tokenizer", "bpe", "target_tokenizer", "bpe", "maximum_vocabulary", "400");
    Example row = row("in M\u00FCnchen", "in M\u00FCnchen");
    Features features = fit(settings, row, row);
    NetworkSpec spec = network(features, settings);
    float[] parameters = Network.initialParameters(spec, 3);
    var learned = new LearnedNetwork(spec, parameters, Kernels.best(), ElementType.FLOAT32);
    List<Picture> drawn =
        features
            .illustrator(settings)
            .orElseThrow()
            .draw(Map.of(Split.VALIDATION, List.of(row)), learned);
    assertThat(((MatrixPicture) drawn.get(0)).columns())
        .containsExactly("in", "\u2423M\u00FCnchen");
  }

  /** A word that is unknown on both sides is no hit. */
  @Test
  void metricsCompareTexts() {
    Features features = fit(settings(), ROWS);
    int[] right = features.encode(row("x", "Ein Hund und eine Katze.")).targets();
    int[] unknown = right.clone();
    unknown[1] = 0;
    Metric bleu = features.metrics().get(0);
    assertThat(value(bleu, right, right)).isCloseTo(100, within(1e-9));
    assertThat(value(bleu, unknown, unknown))
        .isCloseTo(100 * Math.pow(5.0 / 6 * 3 / 5 * 2 / 4 * 1 / 3, 0.25), within(1e-9));
    assertThat(features.texts().orElseThrow().scores().get(0).name()).isEqualTo("bleu");
  }

  private static double value(Metric metric, int[] targets, int[] classes) {
    var sums = new double[metric.sums()];
    metric.add(new Predictions(targets, classes, 0, new float[0], new float[0]), sums);
    return metric.value(sums);
  }

  @Test
  void aNetworkLearnsToTranslate() {
    TaskSettings settings = settings();
    Features features = fit(settings, ROWS);
    NetworkSpec spec = network(features, settings);
    List<Sequence> sequences = Arrays.stream(ROWS).map(features::encode).toList();
    float[] parameters;
    try (var training = new TinyTraining(spec, sequences)) {
      training.run(60);
      parameters = training.parameters();
    }
    for (int beam : new int[] {1, 3}) {
      Features asked =
          features.predicting(settings("beam", Integer.toString(beam), "show_attention", "true"));
      try (var predictor =
          new Predictor(asked, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
        for (Example row : ROWS) {
          var unlabelled = new Example("x", Map.of("source", row.text("source")));
          Map<String, Object> values = predictor.predict(unlabelled);
          assertThat(values).containsEntry("prediction", row.text("target"));
          float[][] attention = (float[][]) values.get("attention");
          assertThat(attention).hasNumberOfRows(((List<?>) values.get("target_tokens")).size());
          for (float[] weights : attention) {
            double sum = 0;
            for (float weight : weights) {
              sum += weight;
            }
            assertThat(weights).hasSize(((List<?>) values.get("source_tokens")).size());
            assertThat(sum).isCloseTo(1, within(1e-5));
          }
        }
      }
    }
  }
}
