package org.rondo.tasks.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.SpectrumMasks;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LanguageModel;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;
import org.rondo.testkit.SpokenLetters;

class SpeechTaskTest {
  private static final Task TASK = new SpeechTask();

  private static Example row(String sound, String transcript) {
    var values = new HashMap<String, Object>();
    values.put("audio", SpokenLetters.wav(sound));
    values.put("transcript", transcript);
    return new Example("digits/7.wav", values);
  }

  private static final Example[] ROWS = {
    row("abc", "abc"), row("cab a", "Cab  a"), row("bb", "bb"), row("a", " a ")
  };

  private static TaskSettings settings(String... keys) {
    var all = new String[keys.length + 4];
    System.arraycopy(new String[] {"rate", "8000", "mels", "12"}, 0, all, 0, 4);
    System.arraycopy(keys, 0, all, 4, keys.length);
    return TaskKeys.of(TASK, all);
  }

  private static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  @Test
  void isFoundByItsNameAndReadsSoundAndTranscripts() {
    assertThat(Task.ALL.names()).contains("speech");
    assertThat(TASK.columns(settings()))
        .containsExactly(
            new Column("audio", ColumnType.BYTES, Need.ALWAYS),
            new Column("transcript", ColumnType.TEXT, Need.TO_LEARN));
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    assertThat(TaskKeys.defaults(TASK))
        .containsExactly(
            entry("band_mask_width", "8"),
            entry("band_masks", "0"),
            entry("beam", "0"),
            entry("deltas", "0"),
            entry("hop", "10"),
            entry("language_model", ""),
            entry("language_model_weight", "0.5"),
            entry("length_bonus", "0"),
            entry("lowercase", "true"),
            entry("maximum_seconds", "30"),
            entry("mels", "40"),
            entry("metric", "auto"),
            entry("rate", "16000"),
            entry("stack", "3"),
            entry("step_mask_width", "10"),
            entry("step_masks", "0"),
            entry("symbols", "characters"),
            entry("window", "25"));
  }

  @ParameterizedTest
  @CsvSource({
    "band_mask_width,-1",
    "band_masks,101",
    "beam,-1",
    "deltas,3",
    "hop,0",
    "language_model_weight,-1",
    "length_bonus,much",
    "lowercase,maybe",
    "maximum_seconds,0",
    "mels,0",
    "metric,accuracy",
    "rate,10",
    "stack,0",
    "step_mask_width,-1",
    "step_masks,some",
    "symbols,letters",
    "window,x"
  })
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("speech." + key + " = " + value + ": must be");
  }

  @Test
  void moreBandsThanTheWindowCanTellApartAreRefusedByTheirKey() {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, "mels", "200")))
        .hasMessageStartingWith("speech.mels = 200: is too many");
  }

  /** 450 ms are 1 + (3600 - 200) / 80 = 43 frames, 15 steps of three. */
  @Test
  void rowsBecomeScaledStepsAndCharacters() {
    Features features = fit(settings(), ROWS);
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(), 36, 5, 0));
    var counts = new Counts();
    Sequence sequence = features.encode(ROWS[1], counts);
    assertThat(sequence.length()).isEqualTo(15);
    assertThat(sequence.targets()).as("space, a, b, c").containsExactly(3, 1, 2, 0, 1);
    assertThat(counts.all()).containsEntry("steps", 15L).containsEntry("characters", 5L);
    assertThat(features.encode(row("cab a", "\u3000CAB\u00A0\u2003A")).targets())
        .as("any white space")
        .containsExactly(3, 1, 2, 0, 1);
    assertThat(fit(settings(), row("abc", "\u03A3\u03A3")).summary())
        .as("no other sigma at the end")
        .startsWith("speech by 1 characters (\u03C3)");
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (Example row : ROWS) {
      float[] values = features.encode(row).values();
      for (int i = 0; i < values.length; i += 36) {
        sum += values[i];
        squares += values[i] * values[i];
        count++;
      }
    }
    assertThat(sum / count).as("mean").isCloseTo(0, within(1e-5));
    assertThat(squares / count).as("variance").isCloseTo(1, within(1e-4));
    assertThat(fit(settings("lowercase", "false"), ROWS).summary())
        .startsWith("speech by 5 characters ( , C, a, b, c), 36 values in each step");
  }

  @Test
  void masksStandBehindTheSpectraWhereTheyAreAskedFor() {
    Features features = fit(settings("mels", "5"), ROWS);
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0);

    NetworkSpec plain = features.network(stack, settings("mels", "5"));
    NetworkSpec masked = features.network(stack, settings("mels", "5", "band_masks", "2"));

    assertThat(plain.hidden()).hasSize(1);
    assertThat(masked.hidden().get(0)).isEqualTo(new SpectrumMasks(5, 2, 5, 0, 10));
    assertThat(masked.hidden().get(1)).isEqualTo(plain.hidden().get(0));
  }

  @Test
  void partsThatAreMergedComeToTheSame() {
    Fitting first = TASK.fitting(settings());
    first.add(ROWS[0]);
    Fitting second = TASK.fitting(settings());
    second.add(ROWS[1]);
    second.add(ROWS[2]);
    first.merge(second);
    Fitting whole = TASK.fitting(settings());
    for (int i = 0; i < 3; i++) {
      whole.add(ROWS[i]);
    }
    Features merged = first.features();
    assertThat(merged.summary()).isEqualTo(whole.features().summary());
    assertThat(merged.encode(ROWS[3]).values())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(whole.features().encode(ROWS[3]).values());
  }

  @Test
  void featuresAreWhatTheirJsonSays() {
    Features features = fit(settings("metric", "word-error-rate"), ROWS);
    Features read = TASK.features(features.toJson());
    assertThat(read.toJson()).isEqualTo(features.toJson());
    assertThat(read.encode(ROWS[1]).values()).isEqualTo(features.encode(ROWS[1]).values());
    assertThat(read.metrics())
        .extracting(Metric::name)
        .containsExactly("word-error-rate", "character-error-rate");
    assertThatThrownBy(
            () -> TASK.features(features.toJson().replace("\"mels\" : 12", "\"mels\" : 13")))
        .hasMessageContaining("scales");
  }

  @Test
  void rowsThatCannotBeLearnedNamePlaceColumnAndReason() {
    Features features = fit(settings(), ROWS);
    byte[] cut = Arrays.copyOf(SpokenLetters.wav("ab"), 300);
    assertRefused(
        features,
        new Example("a.wav", Map.of("audio", cut, "transcript", "ab")),
        "a.wav: column audio is cut off: its header says 1440 samples, it holds 128");
    assertRefused(
        features,
        new Example("a.wav", Map.of("transcript", "ab")),
        "a.wav: column audio has no value");
    assertRefused(
        features,
        row("a", "aaa"),
        "digits/7.wav: column transcript needs 5 steps, one for each character and one between two"
            + " equal ones, and the sound makes 3; lower speech.stack or speech.hop");
    assertRefused(
        features,
        row("abc", "abd"),
        "digits/7.wav: column transcript holds 'd', which no training row has; they have  , a, b,"
            + " c");
    assertRefused(
        fit(settings("maximum_seconds", "0.5"), ROWS[0]),
        row("abcabc", "abc"),
        "digits/7.wav: column audio lasts 0.54 seconds, maximum_seconds is 0.5");
    Fitting fitting = TASK.fitting(settings());
    assertThatThrownBy(() -> fitting.add(row("a", "aaa"))).isInstanceOf(BadExampleException.class);
    fitting.add(row("a", ""));
    assertThatThrownBy(fitting::features)
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "speech: no training row has a character in its transcript; there is nothing to learn");
  }

  @Test
  void filesOfEveryKindOfSoundAreHeard() {
    Features features = fit(settings(), ROWS);
    int steps = features.encode(row("ab", "ab")).length();
    Example stereo =
        new Example("a.wav", Map.of("audio", wav(44_100, 2, true), "transcript", "ab"));
    assertThat(features.encode(stereo).length()).isEqualTo(steps);
    Example silent = new Example("a.wav", Map.of("audio", wav(8000, 1, false), "transcript", ""));
    var counts = new Counts();
    assertThat(features.encode(silent, counts).targets()).isEmpty();
    assertThat(counts.all()).containsEntry("empty transcripts", 1L);
    Features unheard = fit(settings(), new Example("a.wav", with(silent.bytes("audio"), "ab")));
    assertThat(unheard.encode(silent).values()).as("of silence alone").containsOnly(0);
    for (float value : unheard.encode(stereo).values()) {
      assertThat(value).isFinite();
    }
    byte[] text = "seven zero three".getBytes(StandardCharsets.UTF_8);
    assertRefused(
        features,
        new Example("a.wav", with(text, "ab")),
        "a.wav: column audio is no WAV file: its 16 bytes do not begin with RIFF");
    assertRefused(
        features,
        new Example("a.wav", with(new byte[0], "ab")),
        "a.wav: column audio is no WAV file: its 0 bytes do not begin with RIFF");
  }

  private static Map<String, Object> with(byte[] audio, String transcript) {
    return Map.of("audio", audio, "transcript", transcript);
  }

  /** 180 milliseconds of 32-bit float, a tone or silence. */
  private static byte[] wav(int rate, int channels, boolean sounds) {
    int samples = rate * 18 / 100;
    int bytes = samples * channels * Float.BYTES;
    ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 3).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * Float.BYTES).putShort((short) (channels * Float.BYTES));
    file.putShort((short) Float.SIZE);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    for (int i = 0; i < samples * channels; i++) {
      file.putFloat(sounds ? (float) Math.sin(i / 9.0) : 0f);
    }
    return file.array();
  }

  private static void assertRefused(Features features, Example row, String message) {
    assertThatThrownBy(() -> features.encode(row))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(message);
  }

  @Test
  void aLanguageModelNeedsASearch() {
    assertThatThrownBy(() -> TASK.columns(settings("language_model", "lm")))
        .hasMessage(
            "speech.beam = 0: must be at least 1 where a language model helps, which needs a"
                + " search");
    TaskSettings asked = settings("language_model", "lm", "beam", "3");
    assertThat(TASK.languageModel(asked)).contains("lm");
    assertThat(TASK.languageModel(settings())).isEmpty();
    assertThat(TASK.keysOfPrediction())
        .containsExactlyInAnyOrder(
            "beam", "language_model", "language_model_weight", "length_bonus");
  }

  /** Knows nothing but how often a line ends and letters come. */
  private static LanguageModel likes(double end, double a, double b) {
    var letters =
        new Vocabulary("characters", List.of(Vocabulary.UNKNOWN, "\n", " ", "a", "b", "c"));
    NetworkSpec spec = RecurrentStack.languageModel(letters.size(), "gru", 1, 2, 0);
    float[] parameters = new float[Network.layout(spec).length()];
    int bias = Network.layout(spec).slice("head.bias").offset();
    double[] counts = {1, end, 1, a, b, 1};
    for (int i = 0; i < counts.length; i++) {
      parameters[bias + i] = (float) Math.log(counts[i]);
    }
    return LanguageModel.of(letters, spec, parameters);
  }

  private static List<String> transcripts(Features features, NetworkSpec spec) {
    float[] parameters = Network.initialParameters(spec, 3);
    try (var predictor =
        new Predictor(features, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
      return Arrays.stream(ROWS)
          .map(row -> (String) predictor.predict(row).get("prediction"))
          .toList();
    }
  }

  @Test
  void aLanguageModelHelpsToFindTranscripts() {
    Features features = fit(settings(), ROWS);
    NetworkSpec spec =
        features.network(RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0), settings());
    String[] keys = {"beam", "8", "language_model", "lm", "language_model_weight", "0"};
    Features searching = features.predicting(settings("beam", "8"));
    List<String> alone = transcripts(searching, spec);
    assertThat(transcripts(features.predicting(settings(keys)).with(likes(9, 1, 1)), spec))
        .as("without weight")
        .isEqualTo(alone);

    keys[5] = "20";
    Features helped = features.predicting(settings(keys)).with(likes(1e6, 1, 1));
    assertThat(transcripts(helped, spec)).as("nothing is likelier").containsOnly("");
    Features longer =
        features
            .predicting(settings("beam", "8", "language_model", "lm", "length_bonus", "100"))
            .with(likes(1, 1, 1e6));
    Features read = TASK.features(longer.toJson());
    assertThat(transcripts(read, spec)).isEqualTo(transcripts(longer, spec)).isNotEqualTo(alone);
    assertThat(transcripts(read, spec)).allSatisfy(text -> assertThat(text).contains("b"));
    assertThat(read.decoder().columns()).isEqualTo(features.decoder().columns());
  }

  /** What is asked of a network changes neither what is learned nor what is prepared. */
  @Test
  void aSearchIsNoPartOfWhatIsLearned() {
    TaskSettings wide = settings("beam", "20");
    Features features = fit(settings(), ROWS);
    assertThat(fit(wide, ROWS).toJson()).isEqualTo(features.toJson());
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0);
    NetworkSpec learned = features.network(stack, wide);
    assertThat(learned).isEqualTo(features.network(stack, settings()));
    NetworkSpec searching = features.predicting(wide).searching(learned);
    assertThat(searching.head().options().values()).containsOnly(entry("beam", "20"));
    assertThat(features.searching(searching)).as("of an earlier version").isEqualTo(searching);
    assertThat(features.predicting(settings()).searching(searching)).isEqualTo(learned);
  }

  @Test
  void featuresOfEarlierVersionsAreRead() {
    Features features = fit(settings(), ROWS);
    String second =
        features
            .toJson()
            .replace("\"version\" : 3", "\"version\" : 2")
            .replaceAll("\"symbols\" : \"characters\",\\s*", "")
            .replace("\"symbols\" :", "\"characters\" :");
    assertThat(second).doesNotContain("symbols");
    assertThat(TASK.features(second).toJson()).isEqualTo(features.toJson());
    String first =
        second
            .replace("\"version\" : 2", "\"version\" : 1")
            .replaceAll("(?s)\"search\" : \\{.*?\\},\\s*\"languageModels\" : \\[.*?\\],", "");
    assertThat(first).doesNotContain("search", "languageModels");
    assertThat(TASK.features(first).toJson()).isEqualTo(features.toJson());
  }

  @Test
  void aTranscriptOfWordsIsReadAndWrittenByWords() {
    TaskSettings settings = settings("symbols", "words");
    Example[] spoken = {row("abc", " AA b  tsh"), row("ca", "tsh AA"), row("bb", "b b")};
    Features features = fit(settings, spoken);
    assertThat(features.summary()).startsWith("speech by 3 words (aa, b, tsh), 36 values");
    var counts = new Counts();
    assertThat(features.encode(spoken[0], counts).targets()).containsExactly(0, 1, 2);
    assertThat(counts.all()).containsEntry("words", 3L);
    assertThat(features.metrics()).extracting(Metric::name).containsExactly("word-error-rate");
    assertThat(TASK.metrics(settings)).containsExactly("word-error-rate");
    assertThat(TASK.features(features.toJson()).toJson()).isEqualTo(features.toJson());
    assertThat(((SpeechDecoder) features.decoder()).transcript(new int[] {2, 0, 1, -1}, 3))
        .containsExactly(entry("prediction", "tsh aa b"));
    assertRefused(
        features,
        row("a", "b b b"),
        "digits/7.wav: column transcript needs 5 steps, one for each word and one between two"
            + " equal ones, and the sound makes 3; lower speech.stack or speech.hop");
    assertRefused(
        features,
        row("a", "b bb"),
        "digits/7.wav: column transcript holds 'bb', which no training row has; they have aa, b,"
            + " tsh");
    assertThatThrownBy(
            () -> TASK.columns(settings("symbols", "words", "metric", "character-error-rate")))
        .hasMessage("speech.metric = character-error-rate: must be one of [auto, word-error-rate]");
  }

  @ParameterizedTest
  @CsvSource({"0", "5"})
  void aNetworkLearnsToTranscribe(int beam) {
    TaskSettings settings = settings("beam", Integer.toString(beam));
    Features features = fit(settings, ROWS);
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 16), 1, 0);
    NetworkSpec spec = features.network(stack, settings);
    List<Sequence> sequences = Arrays.stream(ROWS).map(features::encode).toList();
    float[] parameters;
    try (var training = new TinyTraining(spec, sequences)) {
      training.run(150);
      parameters = training.parameters();
    }
    Features asked = features.predicting(settings);
    try (var predictor =
        new Predictor(asked, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
      for (Example row : ROWS) {
        var unlabelled = new Example("x", Map.of("audio", row.bytes("audio")));
        String expected = row.text("transcript").strip().replace("  ", " ").replace("C", "c");
        assertThat(predictor.predict(unlabelled)).containsExactly(entry("prediction", expected));
      }
    }
  }
}
