package org.rondo.tasks.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

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
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Vocabulary;
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
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;

class TaggingTaskTest {
  private static final Task TASK = new TaggingTask();

  private static Example row(String tokens, String tags, String... more) {
    var values = new HashMap<String, Object>();
    values.put("tokens", words(tokens));
    values.put("tags", tags == null ? null : words(tags));
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], words(more[i + 1]));
    }
    return new Example("train.conll:12", values);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static final Example[] NAMES = {
    row("Anna visits New York", "I-PER O I-LOC I-LOC"),
    row("he visits Bern", "O O I-LOC"),
    row("Anna Bern Berlin", "I-PER I-LOC B-LOC"),
    row("", ""),
  };

  private static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  private static Features names(String... keys) {
    return fit(TaskKeys.of(TASK, keys), NAMES);
  }

  private static Predictions predicted(int outputs, int... classes) {
    var targets = new int[classes.length];
    Arrays.fill(targets, -1);
    return new Predictions(
        targets, classes, outputs, new float[classes.length * outputs], new float[0]);
  }

  @Test
  void isFoundByItsName() {
    assertThat(Task.ALL.names()).contains("tagging");
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    assertThat(TaskKeys.defaults(TASK))
        .containsExactly(
            entry("character_units", "25"),
            entry("characters", "0"),
            entry("column_embedding", "10"),
            entry("columns", ""),
            entry("embedding", "0"),
            entry("head", "crf"),
            entry("legal_only", "false"),
            entry("lowercase", "true"),
            entry("maximum_vocabulary", "0"),
            entry("metric", "auto"),
            entry("minimum_count", "1"),
            entry("scheme", "keep"),
            entry("shapes", "false"));
  }

  @Test
  void furtherColumnsAreNamedByTheSettings() {
    assertThat(TASK.columns(TaskKeys.of(TASK, "columns", "pos, chunk")))
        .containsExactly(
            new Column("tokens", ColumnType.TOKENS, Need.ALWAYS),
            new Column("pos", ColumnType.TOKENS, Need.ALWAYS),
            new Column("chunk", ColumnType.TOKENS, Need.ALWAYS),
            new Column("tags", ColumnType.TOKENS, Need.TO_LEARN));
  }

  @ParameterizedTest
  @CsvSource({
    "columns,'pos,pos'",
    "columns,tags",
    "columns,'pos,'",
    "head,crff",
    "scheme,iob2",
    "minimum_count,0",
    "maximum_vocabulary,1",
    "metric,accuracy",
    "embedding,-1",
    "characters,-1",
    "character_units,0",
    "column_embedding,0",
  })
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tagging." + key + " = " + value + ": must be");
  }

  @Test
  void softmaxKnowsNoTransitions() {
    assertThatThrownBy(
            () -> TASK.columns(TaskKeys.of(TASK, "head", "softmax", "legal_only", "true")))
        .hasMessage("tagging.legal_only = true: needs tagging.head = crf");
  }

  @Test
  void wordsShapesAndFurtherColumnsHaveIdsOfTheirOwn() {
    Features features =
        fit(
            TaskKeys.of(TASK, "shapes", "true", "columns", "pos"),
            row("a A b", "X Y X", "pos", "D N D"),
            row("a C", "X Y", "pos", "D N"));
    // Words a (3), b, c; shapes small (3), capitalized (2); pos D (3), N (2); each with the
    // unknown one.
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(4, 3, 3), 0, 2, 0));
    var counts = new Counts();
    assertThat(features.encode(row("B d", "Y X", "pos", "N V"), counts).ids())
        .containsExactly(2, 2, 2, 0, 1, 0);
    assertThat(counts.all())
        .containsExactly(
            entry("empty rows", 0L),
            entry("rows", 1L),
            entry("tokens", 2L),
            entry("unknown tokens", 1L));
  }

  @Test
  void charactersEndWithZero() {
    Features features =
        fit(
            TaskKeys.of(TASK, "characters", "3", "lowercase", "false"),
            row("ab a b\uD83D\uDE00", "X Y X"));
    // Characters a, b, the face: 1, 2, 3 of the vocabulary, one higher as ids; the unknown one is
    // 1.
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(4, 5, 5, 5), 0, 2, 0));
    assertThat(features.encode(row("a B\uD83D\uDE00 abab", null)).ids())
        .containsExactly(1, 2, 0, 0, 0, 1, 4, 0, 0, 2, 3, 2);
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    Features features = names();
    assertThatThrownBy(() -> features.encode(row("a b", "O")))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("train.conll:12: column tags holds 1 value for 2 tokens");
    assertThatThrownBy(() -> features.encode(row("a", "I-ORG")))
        .hasMessage(
            "train.conll:12: column tags holds 'I-ORG', which no training row has; they have B-LOC,"
                + " I-LOC, I-PER, O");
    assertThatThrownBy(() -> features.encode(new Example("row 3", Map.of("tags", List.of("O")))))
        .hasMessage("row 3: column tokens has no value");
    Fitting iobes = TASK.fitting(TaskKeys.of(TASK, "scheme", "iobes"));
    assertThatThrownBy(() -> iobes.add(row("a", "NN")))
        .hasMessage(
            "train.conll:12: column tags holds 'NN', which is neither O nor B-, I-, E- or S- of a"
                + " type");
    assertThatThrownBy(iobes::features)
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "tagging: there is no tag in 0 training rows with 0 tokens; there is nothing to tell apart");
  }

  @Test
  void aRowWithoutTokensIsPredictedAsNothing() {
    Features features = names();
    assertThat(features.encode(row("", "")).length()).isEqualTo(1);
    assertThat(features.encode(row("", "")).targets()).isEmpty();
    assertThat(features.decoder().decode(row("", null), predicted(4, 2)))
        .containsExactly(entry("prediction", List.of()));
  }

  @Test
  void iobesIsLearnedAndTheRowsOwnSchemeIsPredicted() {
    Features features = names("scheme", "iobes");
    // B-LOC, I-PER, .. of all kinds, in the order of those of the training rows, then the others.
    List<String> tags =
        List.of("B-LOC", "E-LOC", "O", "S-LOC", "S-PER", "I-LOC", "B-PER", "I-PER", "E-PER");
    assertThat(features.summary()).startsWith("tagging by 9 tags (" + String.join(", ", tags));
    assertThat(features.encode(NAMES[2]).targets()).containsExactly(4, 3, 3);
    assertThat(features.decoder().decode(NAMES[2], predicted(9, 4, 3, 3)))
        .containsExactly(entry("prediction", List.of("I-PER", "I-LOC", "B-LOC")));
    // Broken predictions are read as conlleval reads them.
    assertThat(features.decoder().decode(NAMES[2], predicted(9, 2, 5, 1)))
        .containsExactly(entry("prediction", List.of("O", "I-LOC", "I-LOC")));
  }

  @Test
  void onlyTagsOfChunksAreMeasuredByChunks() {
    assertThat(names().metrics())
        .extracting(Metric::name)
        .containsExactly("chunk-f1", "token-accuracy");
    assertThat(names("metric", "token-accuracy").metrics())
        .extracting(Metric::name)
        .containsExactly("token-accuracy", "chunk-f1");
    assertThat(fit(TaskKeys.of(TASK), row("a b", "DT NN")).metrics())
        .extracting(Metric::name)
        .containsExactly("token-accuracy");
    assertThatThrownBy(() -> fit(TaskKeys.of(TASK, "metric", "chunk-f1"), row("a b", "DT NN")))
        .hasMessageContaining("must be of chunks");
  }

  @Test
  void illegalTagsAreRefusedWhereOnlyLegalOnesMayBe() {
    TaskSettings settings = TaskKeys.of(TASK, "legal_only", "true");
    Features features = fit(settings, row("a b", "B-X I-X"), row("c", "O"));
    assertThatThrownBy(() -> features.encode(row("c a", "O I-X")))
        .hasMessage(
            "train.conll:12: column tags breaks its scheme at token 1 (I-X); tagging.scheme = iobes"
                + " mends such tags");
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 3), 1, 0);
    assertThat(features.network(stack, settings).head().options().values())
        .containsExactly(entry("illegal", "start-1, 2-1"));
    assertThatThrownBy(() -> fit(settings, NAMES))
        .hasMessage(
            "tagging.legal_only = true: says nothing of IOB1, which these tags are; set"
                + " tagging.scheme = iobes");
  }

  @Test
  void aGivenVocabularyIsTakenAsItIs() {
    var given = new Vocabulary("words", true, List.of("<unk>", "bern", "he"));
    Fitting fitting = TASK.fitting(TaskKeys.of(TASK, "lowercase", "false"), given);
    Arrays.stream(NAMES).forEach(fitting::add);
    assertThat(fitting.features().encode(row("HE Anna", null)).ids()).containsExactly(2, 0);
  }

  @Test
  void partsMergeToTheSameFeatures() {
    TaskSettings settings = TaskKeys.of(TASK, "shapes", "true", "scheme", "iobes");
    Fitting first = TASK.fitting(settings);
    Fitting second = TASK.fitting(settings);
    for (int i = 0; i < NAMES.length; i++) {
      (i < 1 ? first : second).add(NAMES[i]);
    }
    first.merge(second);
    assertThat(first.features().toJson()).isEqualTo(fit(settings, NAMES).toJson());
  }

  @Test
  void jsonKeepsEverything() {
    Features features = names("scheme", "iobes", "legal_only", "true");
    Features read = TASK.features(features.toJson());
    assertThat(read.toJson()).isEqualTo(features.toJson());
    assertThat(read.encode(NAMES[0]).targets()).isEqualTo(features.encode(NAMES[0]).targets());
    assertThat(read.decoder()).isInstanceOf(TaggingDecoder.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"version\" : 1;\"version\" : 0;features format 0, this program reads 1",
        "\"scheme\" : \"IOB1\";\"scheme\" : \"BILOU\";field scheme",
        "\"tokenizer\" : \"tokens\";\"tokenizer\" : \"words\";tokenizer = words: must be one of [tokens, shapes, characters]",
        "\"toIobes\" : false,;;Missing creator property 'toIobes'",
        "\"length\" : 1;\"length\" : 2;length = 2: must be 1, or >= 1 of characters",
        "\"name\" : \"I-PER\";\"name\" : \"O\";label = O: comes twice",
      })
  void damagedJsonNamesTheField(String from, String to, String problem) {
    String json = names().toJson();
    assertThat(json).contains(from);
    assertThatThrownBy(() -> TASK.features(json.replace(from, to == null ? "" : to)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features: ")
        .hasMessageContaining(problem);
  }

  /** Nothing but the last character, the shape and the part of speech tell the tags apart. */
  @Test
  void aTinyNetworkReadsEveryColumn() {
    TaskSettings settings =
        TaskKeys.of(
            TASK,
            "minimum_count",
            "2",
            "columns",
            "pos",
            "shapes",
            "true",
            "characters",
            "4",
            "character_units",
            "5",
            "column_embedding",
            "3");
    Example[] rows = {
      row("w w aas Aat bas", "O O X Y X", "pos", "N N N N N"),
      row("w w cat Das eas", "O O Z W V", "pos", "N N N N M"),
    };
    Features features = fit(settings, rows);
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("gru", 8), 1, 0);
    NetworkSpec spec = features.network(stack, settings);
    assertThat(SequenceShape.of(spec)).isEqualTo(features.shape());
    try (var training =
        new TinyTraining(spec, Arrays.stream(rows).map(features::encode).toList())) {
      training.run(200);
      assertThat(training.measure(features.metrics().get(0))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"crf,true", "crf,false", "softmax,false"})
  void aTinyNetworkLearnsToTag(String head, String legalOnly) {
    TaskSettings settings =
        TaskKeys.of(TASK, "head", head, "scheme", "iobes", "legal_only", legalOnly);
    Features features = fit(settings, NAMES);
    RecurrentStack stack = new RecurrentStack(CellSpec.of("lstm", 8), 1, 0, false, true);
    try (var training =
        new TinyTraining(
            features.network(stack, settings),
            Arrays.stream(NAMES).map(features::encode).toList())) {
      Metric first = features.metrics().get(0);
      assertThat(training.measure(first)).isLessThan(0.9);
      training.run(150);
      assertThat(training.measure(first)).isEqualTo(1);
      List<Predictions> predictions = training.predictions();
      for (int i = 0; i < NAMES.length; i++) {
        assertThat(features.decoder().decode(NAMES[i], predictions.get(i)).get("prediction"))
            .isEqualTo(NAMES[i].tokens("tags"));
      }
    }
  }
}
