package org.rondo.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Minibatch;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;

class ClassificationTaskTest {
  private static final Task TASK = new ClassificationTask();

  static Example text(String text, String label) {
    return row("text", text, "label", label);
  }

  static Example row(Object... values) {
    var map = new HashMap<String, Object>();
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    return new Example("reviews.csv:7", map);
  }

  static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  private static Features reviews(String... keys) {
    return fit(
        TaskKeys.of(TASK, keys),
        text("Good film, good!", "pos"),
        text("bad film.", "neg"),
        text("", "neg"));
  }

  private static List<Integer> ids(Sequence sequence) {
    var minibatch = new Minibatch(Math.max(1, sequence.length()), 1);
    sequence.fill(minibatch, 0, 0);
    return Arrays.stream(minibatch.inputs()).limit(sequence.length()).boxed().toList();
  }

  private static int target(Sequence sequence) {
    var minibatch = new Minibatch(sequence.length(), 1);
    sequence.fill(minibatch, 0, 0);
    return minibatch.targets()[sequence.length() - 1];
  }

  @Test
  void isFoundByItsName() {
    assertThat(Task.ALL.names()).contains("classification");
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    assertThat(TaskKeys.defaults(TASK))
        .containsExactly(
            entry("class_weights", "none"),
            entry("convolution", ""),
            entry("deltas", "0"),
            entry("embedding", "0"),
            entry("hop", "10"),
            entry("image", ""),
            entry("input", "auto"),
            entry("keep", "first"),
            entry("lowercase", "true"),
            entry("maximum_length", "0"),
            entry("maximum_seconds", "30"),
            entry("maximum_vocabulary", "0"),
            entry("mels", "40"),
            entry("metric", "auto"),
            entry("minimum_count", "1"),
            entry("pooling", "last"),
            entry("rate", "16000"),
            entry("several_labels", "false"),
            entry("stack", "3"),
            entry("standardize", "true"),
            entry("window", "25"));
  }

  @Test
  void columnsDependOnTheInput() {
    assertThat(TASK.columns(TaskKeys.of(TASK)))
        .containsExactly(
            new Column("text", ColumnType.TEXT, Need.OPTIONAL),
            new Column("tokens", ColumnType.TOKENS, Need.OPTIONAL),
            new Column("series", ColumnType.SERIES, Need.OPTIONAL),
            new Column("label", ColumnType.LABEL, Need.TO_LEARN),
            new Column("weight", ColumnType.NUMBER, Need.IF_NAMED));
    assertThat(TASK.columns(TaskKeys.of(TASK, "input", "characters", "several_labels", "true")))
        .containsExactly(
            new Column("text", ColumnType.TEXT, Need.ALWAYS),
            new Column("label", ColumnType.TOKENS, Need.TO_LEARN),
            new Column("weight", ColumnType.NUMBER, Need.IF_NAMED));
  }

  @ParameterizedTest
  @CsvSource({
    "input,word",
    "lowercase,yes",
    "minimum_count,0",
    "maximum_vocabulary,1",
    "maximum_length,-1",
    "keep,middle",
    "embedding,many",
    "pooling,first",
    "class_weights,equal",
    "class_weights,'pos:2,pos:1'",
    "class_weights,'pos:-1'",
    "metric,micro-f1",
  })
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("classification." + key + " = " + value + ": must be");
  }

  @Test
  void wordsAreCutLoweredAndNumberedByFrequency() {
    Features features = reviews();
    // film 2, good 2; then by text: "!" "," "." bad, once each.
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(7), 0, 2, 0));
    Sequence sequence = features.encode(text("GOOD, bad plot!", "pos"));
    assertThat(ids(sequence)).containsExactly(2, 4, 6, 0, 3);
    assertThat(target(sequence)).isEqualTo(1);
  }

  @Test
  void charactersAreTokensToo() {
    Features features = reviews("input", "characters");
    assertThat(ids(features.encode(text("Oo", null)))).hasSize(2).doesNotContain(0);
    assertThat(features.encode(text("Oo", null)).length()).isEqualTo(2);
  }

  @Test
  void partsOfWordsAreTokensThatLeaveNoWordUnknown() {
    Features features = reviews("input", "bpe", "maximum_vocabulary", "258", "maximum_length", "4");
    // Many pairs of " film" and "good" come twice: a space and f are the first by their bytes.
    for (Features each : List.of(features, TASK.features(features.toJson()))) {
      assertThat(each.shape()).isEqualTo(new SequenceShape(List.of(258), 0, 2, 0));
      assertThat(ids(each.encode(text(" FIX\uD83D\uDE00", null))))
          .containsExactly(257, 1 + 'i', 1 + 'x', 1 + 0xF0);
    }
    assertThatThrownBy(() -> reviews("input", "bpe"))
        .hasMessageStartingWith("classification.maximum_vocabulary = 0: must be >= 257 with bpe");
  }

  @Test
  void rareWordsAreUnknownAndCounted() {
    Features features = reviews("minimum_count", "2", "maximum_length", "3");
    var counts = new Counts();
    assertThat(ids(features.encode(text("film! good good good", "pos"), counts)))
        .containsExactly(1, 0, 0);
    features.encode(text("", "neg"), counts);
    assertThat(counts.all())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "rows", 2L, "tokens", 4L, "unknown tokens", 3L, "cut rows", 1L, "empty rows", 1L));
    // Of "good film ,", "bad film ." and an empty row, only film comes twice.
    assertThat(features.summary())
        .isEqualTo(
            "classification by 2 labels (neg, pos) of 2 tokens (words-and-marks), 1 cut row, 1 empty"
                + " row, 3 rows, 7 tokens, 5 unknown tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "first,5,1 2 3 4 5",
    "last,5,2 3 4 5 6",
    "ends,5,1 2 3 5 6",
    "ends,4,1 2 5 6",
    "ends,1,1",
    "ends,6,1 2 3 4 5 6",
    "last,0,1 2 3 4 5 6",
  })
  void theStepsToKeepOfALongRowAreChosen(String keep, String most, String kept) {
    TaskSettings settings = TaskKeys.of(TASK, "keep", keep, "maximum_length", most);
    var letters = new Vocabulary("words", false, List.of("<unk>", "a", "b", "c", "d", "e", "f"));
    Fitting fitting = TASK.fitting(settings, letters);
    fitting.add(text("a b c d e f", "pos"));
    fitting.add(text("f e d c b a", "neg"));
    Features features = fitting.features();
    for (Features each : List.of(features, TASK.features(features.toJson()))) {
      var counts = new Counts();
      Sequence sequence = each.encode(text("a b c d e f", "pos"), counts);
      List<Integer> expected = Stream.of(kept.split(" ")).map(Integer::valueOf).toList();
      assertThat(ids(sequence)).isEqualTo(expected);
      assertThat(target(sequence)).isEqualTo(1);
      assertThat(counts.of("cut rows")).isEqualTo(expected.size() < 6 ? 1 : 0);
    }
  }

  @Test
  void anEmptyTextIsOneUnknownToken() {
    assertThat(ids(reviews().encode(text("", "neg")))).containsExactly(0);
    assertThat(ids(reviews().encode(text("  ", "neg")))).containsExactly(0);
  }

  @Test
  void aLongTextStaysWhole() {
    assertThat(reviews().encode(text("good ".repeat(10_000), "pos")).length()).isEqualTo(10_000);
  }

  @Test
  void aRowWithoutLabelHasNoTarget() {
    assertThat(target(reviews().encode(text("good", null)))).isEqualTo(Minibatch.NO_TARGET);
  }

  @Test
  void aRowHasItsWeight() {
    Example twice = row("text", "good", "label", "pos", "weight", 2.0);
    assertThat(reviews().encode(twice).weight()).isEqualTo(2);
    assertThat(reviews().encode(text("good", "pos")).weight()).isEqualTo(1);
    for (double weight : new double[] {-1, Double.NaN, 1e300}) {
      Example refused = row("text", "good", "label", "pos", "weight", weight);
      String reason =
          "reviews.csv:7: column weight holds "
              + weight
              + "; a weight must be a finite number at least 0";
      assertThatThrownBy(() -> reviews().encode(refused)).hasMessage(reason);
      assertThatThrownBy(() -> TASK.fitting(TaskKeys.of(TASK)).add(refused)).hasMessage(reason);
    }
  }

  @Test
  void aLabelThatNoTrainingRowHasIsRefused() {
    var counts = new Counts();
    assertThatThrownBy(() -> reviews().encode(text("good", "so-so"), counts))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(
            "reviews.csv:7: column label holds 'so-so', which no training row has; they have neg, pos");
    assertThat(counts.all()).isEmpty();
  }

  @Test
  void missingValuesAreRefusedByPlaceAndColumn() {
    assertThatThrownBy(() -> reviews().encode(row("label", "pos")))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("reviews.csv:7: column text has no value");
    Fitting fitting = TASK.fitting(TaskKeys.of(TASK));
    assertThatThrownBy(() -> fitting.add(row("label", "pos")))
        .hasMessage("reviews.csv:7: column text has no value, nor has tokens or series");
    assertThatThrownBy(() -> fitting.add(text("good", null)))
        .hasMessage("reviews.csv:7: column label has no value");
    assertThatThrownBy(() -> fitting.add(row("text", "a", "tokens", List.of("a"), "label", "x")))
        .hasMessage(
            "reviews.csv:7: column text has a value as tokens has: choose one by"
                + " classification.input");
    assertThatThrownBy(
            () -> fitting.add(row("tokens", Collections.singletonList(null), "label", "x")))
        .hasMessage("reviews.csv:7: column tokens holds null at place 0");
    // Nothing of the refused rows counts.
    assertThatThrownBy(fitting::features)
        .isInstanceOf(IngestException.class)
        .hasMessage("classification: there are no training rows");
  }

  @Test
  void oneLabelIsNothingToLearn() {
    assertThatThrownBy(() -> fit(TaskKeys.of(TASK), text("a", "x"), text("b", "x")))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "classification: there is no label but 'x' in 2 training rows; there is nothing to tell"
                + " apart");
  }

  @Test
  void partsMergeToTheSameFeatures() throws Exception {
    Fitting whole = TASK.fitting(TaskKeys.of(TASK));
    Fitting first = TASK.fitting(TaskKeys.of(TASK));
    Fitting second = TASK.fitting(TaskKeys.of(TASK));
    for (int i = 0; i < 20; i++) {
      Example row = text("w" + i % 7 + " film", i % 3 == 0 ? "a" : "b");
      whole.add(row);
      (i < 9 ? first : second).add(row);
    }
    first.merge(TASK.fitting(TaskKeys.of(TASK))); // of a part without rows
    first.merge(copy(second));
    assertThat(copy(first).features().toJson()).isEqualTo(whole.features().toJson());
  }

  /** As one task of a job hands it to the driver. */
  private static Fitting copy(Fitting fitting) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(fitting);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Fitting) in.readObject();
    }
  }

  @Test
  void jsonKeepsEverything() {
    Stream.of(reviews("metric", "auc"), series("true"), labelled())
        .forEach(
            features -> {
              Features read = TASK.features(features.toJson());
              assertThat(read.toJson()).isEqualTo(features.toJson());
              assertThat(read.summary()).isEqualTo(features.summary());
              assertThat(read.shape()).isEqualTo(features.shape());
              assertThat(read.metrics()).isEqualTo(features.metrics());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"version\" : 1;\"version\" : 2;features format 2, this program reads 1",
        "\"task\" : \"classification\";\"task\" : \"tagging\";field task: of the task tagging, not of classification",
        "\"severalLabels\" : false,;;Missing creator property 'severalLabels'",
        "\"version\";\"tags\" : 1, \"version\";field tags: this program knows no such field",
        "\"pos\";\"neg\";label = neg: comes twice",
        "\"film\";\"good\";token \"good\" comes twice",
        "\"maximumLength\" : 0;\"maximumLength\" : -1;maximumLength = -1: must be >= 0",
        "\"maximumLength\" : 0;\"maximumLength\" : {\"steps\": 4};Missing creator property 'keep'",
        "words-and-marks;syllables;no such tokenizer",
        "\"metric\" : \"auto\";\"metric\" : \"bleu\";the metric bleu is not measured",
        "\"count\" : 1;\"count\" : \"one\";count",
      })
  void damagedJsonNamesTheField(String from, String to, String problem) {
    String json = reviews().toJson();
    assertThat(json).contains(from);
    assertThatThrownBy(() -> TASK.features(json.replace(from, to == null ? "" : to)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features: ")
        .hasMessageContaining(problem);
  }

  @Test
  void theMetricAskedForComesFirst() {
    assertThat(reviews().metrics()).extracting(Metric::name).first().isEqualTo("accuracy");
    assertThat(reviews("metric", "auc").metrics())
        .extracting(Metric::name)
        .containsExactly("auc", "accuracy", "macro-f1", "weighted-f1", "log-loss", "error-rate");
  }

  @Test
  void aGivenVocabularyIsTakenAsItIs() {
    var given = new Vocabulary("words", false, List.of("<unk>", "Good", "film,", "<eos>"));
    Fitting fitting = TASK.fitting(TaskKeys.of(TASK, "minimum_count", "9"), given);
    fitting.add(text("Good film, good!\n", "pos"));
    fitting.add(text("Bad", "neg"));
    Features features = fitting.features();
    assertThat(ids(features.encode(text("Good good film,\n", null)))).containsExactly(1, 0, 2, 3);
    assertThat(features.summary()).contains("5 tokens, 2 unknown tokens");
    assertThatThrownBy(() -> TASK.fitting(TaskKeys.of(TASK, "input", "series"), given))
        .hasMessageStartingWith("classification.input = series");
  }

  private static Features series(String standardize) {
    return fit(
        TaskKeys.of(TASK, "standardize", standardize),
        row("series", new float[][] {{1, 10}, {3, 10}}, "label", "up"),
        row("series", new float[][] {{5, 10}, {3, 10}}, "label", "down"));
  }

  /** Channel 0: 1, 3, 5, 3 has the mean 3 and the deviation sqrt(8 / 4); channel 1 is constant. */
  @Test
  void channelsAreScaledByTheTrainingRows() {
    assertThat(values(series("true").encode(row("series", new float[][] {{5, 11}, {3, 10}}))))
        .containsExactly(new double[] {Math.sqrt(2), 1, 0, 0}, within(1e-6));
    assertThat(values(series("false").encode(row("series", new float[][] {{5, 11}}))))
        .containsExactly(5, 11);
  }

  @Test
  void momentsOfPartsAreThoseOfAllRows() {
    TaskSettings settings = TaskKeys.of(TASK);
    Fitting first = TASK.fitting(settings);
    first.add(row("series", new float[][] {{1, 10}, {3, 10}}, "label", "up"));
    Fitting second = TASK.fitting(settings);
    second.add(row("series", new float[][] {{5, 10}, {3, 10}}, "label", "down"));
    first.merge(second);
    assertThat(values(first.features().encode(row("series", new float[][] {{5, 11}, {3, 10}}))))
        .containsExactly(new double[] {Math.sqrt(2), 1, 0, 0}, within(1e-6));
  }

  private static double[] values(Sequence sequence) {
    var minibatch = new Minibatch(sequence.length(), 1, 0, 2, 0, 0);
    sequence.fill(minibatch, 0, 0);
    var values = new double[minibatch.values().length];
    Arrays.setAll(values, i -> minibatch.values()[i]);
    return values;
  }

  @Test
  void brokenSeriesAreRefused() {
    Features features = series("true");
    assertThatThrownBy(() -> features.encode(row("series", new float[][] {{1, 2}, {Float.NaN, 2}})))
        .hasMessage("reviews.csv:7: column series holds NaN at step 1, value 0");
    assertThatThrownBy(() -> features.encode(row("series", new float[][] {{1}})))
        .hasMessage("reviews.csv:7: column series holds 1 value at step 0, others hold 2");
    assertThatThrownBy(() -> features.encode(row("series", new float[0][])))
        .hasMessage("reviews.csv:7: column series holds no step");
    assertThatThrownBy(() -> features.encode(row("series", "1,2")))
        .hasMessage("reviews.csv:7: column series holds String, not float[][]");
  }

  private static Features labelled() {
    return fit(
        TaskKeys.of(TASK, "several_labels", "true"),
        row("text", "a b", "label", List.of("x", "y", "x")),
        row("text", "a", "label", List.of("z")),
        row("text", "b", "label", List.of()));
  }

  @Test
  void severalLabelsAreValuesOfZeroAndOne() {
    Features features = labelled();
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(3), 0, 0, 3));
    var minibatch = new Minibatch(2, 1, 1, 0, 3, 0);
    features.encode(row("text", "a b", "label", List.of("z", "x"))).fill(minibatch, 0, 0);
    assertThat(minibatch.valueTargets()).containsExactly(0, 0, 0, 1, 0, 1);
    assertThat(minibatch.targets()).containsExactly(-1, 0);
    Map<String, Object> decoded =
        features
            .decoder()
            .decode(
                row("text", "a"),
                new Predictions(
                    new int[] {-1}, new int[0], 3, new float[] {1, -1, 0.5f}, new float[3]));
    assertThat(decoded.get("prediction")).isEqualTo(List.of("x", "z"));
    assertThat((double[]) decoded.get("probabilities"))
        .containsExactly(new double[] {0.731058, 0.268941, 0.622459}, within(1e-6));
  }
}
