package org.rondo.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.metrics.Accuracy;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
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
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;
import org.rondo.testkit.SpokenLetters;

/** Labels of recordings. */
class AudioClassificationTest {
  private static final Task TASK = new ClassificationTask();

  private static Example row(byte[] sound, String label) {
    var values = new HashMap<String, Object>();
    values.put("audio", sound);
    values.put("label", label);
    return new Example("words/7.wav", values);
  }

  private static Example row(String sound, String label) {
    return row(SpokenLetters.wav(sound), label);
  }

  private static final Example[] ROWS = {
    row("ab", "rising"), row("ac", "rising"), row("bd", "rising"), row("abd", "rising"),
    row("ba", "falling"), row("ca", "falling"), row("db", "falling"), row("dba", "falling")
  };

  private static TaskSettings settings(Task task, String... keys) {
    var all = Arrays.copyOf(keys, keys.length + 4);
    System.arraycopy(new String[] {"rate", "8000", "mels", "12"}, 0, all, keys.length, 4);
    return TaskKeys.of(task, all);
  }

  private static TaskSettings settings(String... keys) {
    var all = Arrays.copyOf(keys, keys.length + 2);
    System.arraycopy(new String[] {"input", "audio"}, 0, all, keys.length, 2);
    return settings(TASK, all);
  }

  private static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  @Test
  void soundIsReadWhereItIsAskedFor() {
    assertThat(TASK.columns(settings()))
        .containsExactly(
            new Column("audio", ColumnType.BYTES, Need.ALWAYS),
            new Column("label", ColumnType.LABEL, Need.TO_LEARN),
            new Column("weight", ColumnType.NUMBER, Need.IF_NAMED));
    assertThat(fit(settings(), ROWS).inputs()).containsExactly("audio");
  }

  /** The task speech has tests of its own of what frames hold. */
  @Test
  void stepsAreThoseOfTheTaskSpeech() {
    String[] keys = {"deltas", "1", "stack", "2", "hop", "8", "window", "20"};
    Task speech = Task.ALL.named("speech");
    Fitting fitting = speech.fitting(settings(speech, keys));
    for (Example row : ROWS) {
      fitting.add(
          new Example("x", Map.of("audio", row.bytes("audio"), "transcript", row.text("label"))));
    }
    Example unlabelled = new Example("x", Map.of("audio", SpokenLetters.wav("cab")));
    Sequence heard = fit(settings(keys), ROWS).encode(unlabelled);
    assertThat(heard.values()).isEqualTo(fitting.features().encode(unlabelled).values());
  }

  /** 180 ms are 1 + (1440 - 200) / 80 = 16 frames, 6 steps of three. */
  @Test
  void aRowBecomesStepsAndALabel() {
    Features features = fit(settings(), ROWS);
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(), 36, 2, 0));
    var counts = new Counts();
    Sequence sequence = features.encode(ROWS[0], counts);
    assertThat(sequence.length()).isEqualTo(6);
    assertThat(sequence.targets()).as("falling, rising").containsExactly(1);
    assertThat(counts.all())
        .containsEntry("rows", 1L)
        .containsEntry("steps", 6L)
        .containsEntry("cut rows", 0L);
    assertThat(features.summary())
        .startsWith(
            "classification by 2 labels (falling, rising) of recordings, 36 values in each step")
        .contains("8 rows");
  }

  @Test
  void longRecordingsAreCut() {
    Sequence whole = fit(settings("standardize", "false"), ROWS).encode(ROWS[0]);
    var counts = new Counts();
    Sequence last =
        fit(settings("standardize", "false", "maximum_length", "2", "keep", "last"), ROWS)
            .encode(ROWS[0], counts);
    assertThat(last.values()).isEqualTo(Arrays.copyOfRange(whole.values(), 4 * 36, 6 * 36));
    assertThat(counts.all()).containsEntry("cut rows", 1L).containsEntry("steps", 2L);
  }

  @Test
  void partsThatAreMergedComeToTheSame() {
    Fitting first = TASK.fitting(settings());
    first.add(ROWS[0]);
    Fitting second = TASK.fitting(settings());
    for (int i = 1; i < ROWS.length; i++) {
      second.add(ROWS[i]);
    }
    first.merge(second);
    Features whole = fit(settings(), ROWS);
    assertThat(first.features().summary()).isEqualTo(whole.summary());
    assertThat(first.features().encode(ROWS[3]).values())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(whole.encode(ROWS[3]).values());
  }

  @Test
  void featuresAreWhatTheirJsonSays() {
    Features features = fit(settings("maximum_length", "4", "maximum_seconds", "0.5"), ROWS);
    Features read = TASK.features(features.toJson());
    assertThat(read.toJson()).isEqualTo(features.toJson());
    assertThat(read.encode(ROWS[1]).values()).isEqualTo(features.encode(ROWS[1]).values());
    assertRefused(
        read,
        row("abcabc", "rising"),
        "words/7.wav: column audio lasts 0.54 seconds, maximum_seconds is 0.5");
    String json = features.toJson();
    assertThatThrownBy(() -> TASK.features(json.replace("\"mels\" : 12", "\"mels\" : 13")))
        .hasMessageContaining("scales");
    assertThatThrownBy(
            () -> TASK.features(json.replace("\"maximumSeconds\" : 0.5", "\"maximumSeconds\" : 0")))
        .hasMessageContaining("maximumSeconds");
  }

  @Test
  void soundThatCannotBeReadNamesPlaceColumnAndReason() {
    Features features = fit(settings(), ROWS);
    byte[] whole = SpokenLetters.wav("ab");
    assertRefused(
        features,
        row(Arrays.copyOf(whole, 300), "rising"),
        "words/7.wav: column audio is cut off: its header says 1440 samples, it holds 128");
    assertRefused(
        features,
        row(new byte[] {'I', 'D', '3', 4, 0}, "rising"),
        "words/7.wav: column audio is no WAV file: its 5 bytes do not begin with RIFF");
    assertRefused(
        features, row(SpokenLetters.wav(""), "rising"), "words/7.wav: column audio holds no sound");
    assertRefused(
        features,
        new Example("a.wav", Map.of("label", "rising")),
        "a.wav: column audio has no value");
    for (int length = 0; length < 44; length++) {
      Example head = row(Arrays.copyOf(whole, length), "rising");
      assertThatThrownBy(() -> features.encode(head))
          .as("%d bytes", length)
          .isInstanceOf(BadExampleException.class)
          .hasMessageStartingWith("words/7.wav: column audio ");
    }
  }

  private static void assertRefused(Features features, Example row, String message) {
    var counts = new Counts();
    assertThatThrownBy(() -> features.encode(row, counts))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(message);
    assertThat(counts.all()).isEmpty();
  }

  /** Neither a broken row nor one without a label leaves a trace in what was learned. */
  @Test
  void refusedTrainingRowsAreAsIfTheyWereNotThere() {
    Fitting fitting = TASK.fitting(settings());
    Arrays.stream(ROWS).forEach(fitting::add);
    byte[] cut = Arrays.copyOf(SpokenLetters.wav("dddd"), 900);
    assertThatThrownBy(() -> fitting.add(row(cut, "new"))).isInstanceOf(BadExampleException.class);
    assertThatThrownBy(() -> fitting.add(row("dddd", null)))
        .hasMessage("words/7.wav: column label has no value");
    assertThat(fitting.features().toJson()).isEqualTo(fit(settings(), ROWS).toJson());
  }

  @ParameterizedTest
  @CsvSource({"deltas,3", "hop,0", "maximum_seconds,0", "mels,0", "rate,10", "stack,0", "window,x"})
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, "input", "audio", key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("classification." + key + " = " + value + ": must be");
  }

  @Test
  void aVocabularyIsOfNoUse() {
    var given = new Vocabulary("words", false, List.of("<unk>", "good", "<eos>"));
    assertThatThrownBy(() -> TASK.fitting(settings(), given))
        .hasMessageStartingWith("classification.input = audio");
  }

  @Test
  void aNetworkLearnsToTellRecordingsApart() {
    TaskSettings settings = settings("pooling", "mean");
    Features features = fit(settings, ROWS);
    NetworkSpec spec = features.network(RecurrentStack.of(CellSpec.of("lstm", 16), 1, 0), settings);
    float[] parameters;
    try (var training =
        new TinyTraining(spec, Arrays.stream(ROWS).map(features::encode).toList())) {
      training.run(60);
      assertThat(training.measure(new Accuracy())).isEqualTo(1);
      parameters = training.parameters();
    }
    try (var predictor =
        new Predictor(features, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
      for (Example row : ROWS) {
        var unlabelled = new Example("x", Map.of("audio", row.bytes("audio")));
        assertThat(predictor.predict(unlabelled)).containsEntry("prediction", row.text("label"));
      }
    }
  }
}
