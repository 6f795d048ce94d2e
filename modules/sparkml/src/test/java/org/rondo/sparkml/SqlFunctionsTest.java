package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.sparkml.sql.RondoExtensions;
import org.rondo.sparkml.sql.RondoFunctions;

class SqlFunctionsTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-5);

  @TempDir static Path folder;

  private static RnnClassifierModel moods;
  private static RnnRegressionModel loads;
  private static RnnLanguageModelModel language;

  @BeforeAll
  static void learn() throws Exception {
    RondoFunctions.register(SharedSession.get());
    moods = Sayings.classifier().setMaxIter(2).fit(Sayings.frame(60));
    moods.save(place("moods"));
    loads = Loads.regressor().setMaxIter(2).setHandleInvalid("keep").fit(Loads.frame(40));
    loads.save(place("loads"));
    language = RnnLanguageModelTest.language().setMaxIter(2).fit(Sayings.frame(60));
    language.save(place("language"));
    Sayings.frame(60).repartition(3).createOrReplaceTempView("sayings");
    Loads.frame(40).repartition(3).createOrReplaceTempView("series");
  }

  private static String place(String name) {
    return folder.resolve(name).toString();
  }

  /** A query in which {@code @name} stands for a model that was saved under that name. */
  private static Dataset<Row> sql(String query) {
    return SharedSession.get().sql(query.replaceAll("@(\\w+)", "'" + folder + "/$1'"));
  }

  @Test
  void aLabelIsPredictedByItsName() {
    Dataset<Row> rows = Sayings.frame(60);
    List<Row> asked =
        sql("SELECT rondo_predict(@moods, text) AS mood FROM sayings ORDER BY id").collectAsList();
    List<Row> expected = moods.transform(rows).orderBy("id").collectAsList();
    for (int i = 0; i < expected.size(); i++) {
      double label = expected.get(i).<Double>getAs("prediction");
      assertThat(asked.get(i).getString(0)).isEqualTo(moods.labels()[(int) label]);
    }
    assertThat(sql("SELECT rondo_predict(@moods, CAST(NULL AS STRING))").first().isNullAt(0))
        .isTrue();
  }

  @Test
  void numbersAreThoseOfTransform() {
    List<Row> asked =
        sql("SELECT rondo_predict(@loads, series) AS load FROM series ORDER BY id").collectAsList();
    List<Row> expected = loads.transform(Loads.frame(40)).orderBy("id").collectAsList();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(asked.get(i).getDouble(0)).isCloseTo(expected.get(i).getAs("prediction"), CLOSE);
    }
    assertThat(sql("SELECT rondo_predict(@loads, CAST(array() AS ARRAY<DOUBLE>))").first().get(0))
        .as("the model was saved with handleInvalid = keep")
        .isNull();
  }

  @Test
  void textsAreScoredAndWritten() {
    List<Row> asked =
        sql("SELECT rondo_perplexity(@language, text), rondo_generate(@language, 'the', 5, 0.5, 7) FROM sayings ORDER BY id")
            .collectAsList();
    List<Row> expected = language.transform(Sayings.frame(60)).orderBy("id").collectAsList();
    for (int i = 0; i < expected.size(); i++) {
      double perplexity = expected.get(i).<Double>getAs("perplexity");
      assertThat(asked.get(i).getDouble(0) / perplexity).isCloseTo(1, CLOSE);
      assertThat(asked.get(i).getString(1)).isEqualTo(language.generate("the", 5, 0.5, 7));
    }
    assertThat(
            sql("SELECT rondo_generate(@language, label, id) FROM sayings WHERE id < 4 ORDER BY id")
                .collectAsList()
                .get(3)
                .getString(0))
        .isEqualTo(language.generate("glad", 3, 1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rondo_predict('/none', text)             | rondo_predict: there is no saved model in /none",
        "rondo_predict(text, text)                | rondo_predict: its first argument must be a constant text, the folder of a saved model",
        "rondo_predict(@moods)                    | rondo_predict: takes the model and its columns text, and was given 1 argument",
        "rondo_predict(@moods, array(text))       | rondo_predict: column text is of type array<string>",
        "rondo_predict(@loads, text)              | rondo_predict: column series is of type string",
        "rondo_predict(@language, text)           | language holds a RnnLanguageModelModel, and it takes those of RnnClassifier, RnnRegressor, RnnTagger, RnnTranscriber and RnnTranslator",
        "rondo_perplexity(@moods, text)           | moods holds a RnnClassifierModel, and it takes that of an RnnLanguageModel",
        "rondo_perplexity(@language, id)          | rondo_perplexity: its second argument must be a text, and",
        "rondo_generate(@language, text)          | rondo_generate: takes a model, a prompt, a number of tokens",
        "rondo_generate(@language, text, 3, text) | rondo_generate: its temperature must be a constant number, and is",
        "rondo_generate(@language, text, -5)      | rondo_generate: its number of tokens must be from 0 to 10000000, and is",
        "rondo_generate(@language, text, 99999999999) | rondo_generate: its number of tokens must be from 0 to 10000000, and is",
        "rondo_generate(@language, text, 2.9)     | rondo_generate: its number of tokens must be a constant whole number, and is 2.9",
        "rondo_generate(@language, text, id / 2)  | rondo_generate: its number of tokens must be a whole number, and",
        "rondo_generate(@language, text, 3, -1.0) | rondo_generate: its temperature must be a number >= 0, and is",
        "rondo_generate(@language, text, 3, double('NaN')) | rondo_generate: its temperature must be a number >= 0, and is",
        "rondo_generate(@language, text, 3, 1, 1.7) | rondo_generate: its seed must be a constant whole number, and is 1.7",
        "rondo_generate(@language, text, 3, 1, double('NaN')) | rondo_generate: its seed must be a constant whole number, and is"
      })
  void whatCannotBeIsToldByOneSentenceBeforeAnythingRuns(String call, String reason) {
    assertThatThrownBy(() -> sql("SELECT " + call + " FROM sayings"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void everySeedIsOneOfItsOwn() {
    for (long seed : new long[] {9007199254740993L, Long.MIN_VALUE + 1}) {
      String query =
          String.format(Locale.ROOT, "SELECT rondo_generate(@language, 'the', 30, 2, %dL)", seed);
      String text = sql(query).first().getString(0);
      assertThat(text).isEqualTo(language.generate("the", 30, 2, seed));
      assertThat(text).isNotEqualTo(language.generate("the", 30, 2, (long) (double) seed));
    }
  }

  @Test
  void nullGivesNull() {
    Row nothing =
        sql("SELECT rondo_perplexity(@language, NULL), rondo_generate(@language, NULL, 3)").first();
    assertThat(nothing.isNullAt(0)).isTrue();
    assertThat(nothing.isNullAt(1)).isTrue();
    Dataset<Row> predicted = sql("SELECT rondo_predict(@moods, NULL), rondo_predict(@loads, NULL)");
    assertThat(predicted.schema().fields()[0].dataType()).isEqualTo(DataTypes.StringType);
    assertThat(predicted.schema().fields()[1].dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(predicted.first().isNullAt(0) && predicted.first().isNullAt(1)).isTrue();
  }

  @Test
  void aRowThatCannotBeUsedIsNamed() throws Exception {
    loads
        .copy(new org.apache.spark.ml.param.ParamMap())
        .setHandleInvalid("error")
        .save(place("strict"));
    Refusals.assertEndsAtOnce(
        () ->
            sql("SELECT rondo_predict(@strict, slice(series, 1, id)) FROM series").collectAsList(),
        "row series = []: column series holds no step");
  }

  @Test
  void aModelThatIsSavedAnewIsReadAnew() throws Exception {
    language.write().save(place("changing"));
    Files.setLastModifiedTime(folder.resolve("changing/metadata"), FileTime.fromMillis(0));
    String query = "SELECT rondo_generate(@changing, '', 9, 0)";
    assertThat(sql(query).first().getString(0)).isEqualTo(language.generate("", 9, 0, 1));
    RnnLanguageModelModel other =
        RnnLanguageModelTest.language().setMaxIter(1).setSeed(9).fit(Sayings.frame(60));
    other.write().overwrite().save(place("changing"));
    assertThat(sql(query).first().getString(0)).isEqualTo(other.generate("", 9, 0, 1));
  }

  @Test
  void extensionsBringTheFunctionsToNewSessions() {
    SparkSession shared = SharedSession.get();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    try {
      SparkSession session =
          SparkSession.builder().withExtensions(new RondoExtensions()).getOrCreate();
      assertThat(session).isNotSameAs(shared);
      String call =
          String.format(
              Locale.ROOT, "SELECT rondo_perplexity('%s', 'the film')", place("language"));
      assertThat(session.sql(call).first().getDouble(0)).isGreaterThan(1);
      assertThat(session.sql("DESCRIBE FUNCTION rondo_generate").collectAsList().toString())
          .contains("rondo_generate(model, prompt, n[, temperature[, seed]])");
    } finally {
      SparkSession.setDefaultSession(shared);
      SparkSession.setActiveSession(shared);
    }
  }
}
