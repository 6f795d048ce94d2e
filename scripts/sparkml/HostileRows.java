import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnClassifier;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Gives an estimator rows that cannot be learned beside 40 that can, and prints what becomes of
 * each by every {@code handleInvalid}, as rows of a table: the sentence of the error, or how many
 * rows were learned and predicted. Ends with an error where a fit or a prediction fails otherwise
 * than by one sentence.
 *
 * <p>Argument: a folder for what is written.
 */
public final class HostileRows {
  private static final String[] POLICIES = {"error", "skip", "keep"};

  /**
   * @param features the input of the rows that can be learned, an expression of SQL over {@code id}
   * @param bad that of the other one
   * @param label and the labels of both
   * @param others rows that can be learned
   */
  private record Case(
      String what, String features, String bad, String label, String badLabel, int others) {
    static Case text(String what, String bad) {
      return new Case(what, WORDS, bad, SIDES, "'left'", 40);
    }

    static Case values(String what, String bad) {
      return new Case(what, "array(array(id / 40D, 1D))", bad, SIDES, "'left'", 40);
    }

    static Case label(String what, String label, String bad) {
      return new Case(what, WORDS, "'a word'", label, bad, 40);
    }
  }

  private static final String WORDS = "concat('word ', id % 7)";
  private static final String SIDES = "if(id % 2 = 0, 'left', 'right')";

  private static final List<Case> CASES =
      List.of(
          Case.text("null", "CAST(null AS STRING)"),
          Case.text("empty text", "''"),
          Case.text("a text of blanks", "'   '"),
          new Case(
              "empty array",
              "array('a', 'b' || id)",
              "CAST(array() AS ARRAY<STRING>)",
              SIDES,
              "'left'",
              40),
          new Case(
              "null in an array", "array('a', 'b' || id)", "array('a', null)", SIDES, "'left'", 40),
          Case.text("100,000 words", "repeat('word ', 100000)"),
          Case.values("NaN", "array(array(double('NaN'), 1D))"),
          Case.values("infinity", "array(array(1D, double('Infinity')))"),
          Case.values("nested null", "array(array(CAST(null AS DOUBLE), 1D))"),
          Case.values("steps of unlike width", "array(array(1D, 1D), array(1D))"),
          Case.label("label: null", SIDES, "CAST(null AS STRING)"),
          Case.label("label: NaN", "double(id % 2)", "double('NaN')"),
          Case.label("label: 1.5", "double(id % 2)", "1.5D"),
          Case.label("label: -1", "double(id % 2)", "-1D"),
          Case.label("labels with a gap: 0, 1, 5", "double(id % 2)", "5D"),
          Case.label("label: one billion", "double(id % 2)", "1e9D"),
          Case.label("label of one row only", SIDES, "'above'"),
          new Case("rows that are all equal", "'word'", "'word'", "'left'", "'right'", 40),
          Case.label("a single label", "'left'", "'left'"),
          Case.label("column of another type", "array(id)", "array(1L)"),
          new Case("zero rows", WORDS, "'a word'", SIDES, "'left'", 0));

  private final SparkSession spark;
  private boolean failed;

  private HostileRows(SparkSession spark) {
    this.spark = spark;
  }

  public static void main(String[] arguments) {
    SparkSession spark = Texts.session("local[2]", Path.of(arguments[0]));
    var rows = new HostileRows(spark);
    for (Case one : CASES) {
      for (String policy : POLICIES) {
        String became = rows.became(one, policy);
        System.out.printf("| %s | %s | %s |%n", one.what(), policy, became.replace("|", "\\|"));
      }
    }
    rows.allValidate();
    spark.stop();
    if (rows.failed) {
      System.exit(1);
    }
  }

  private String became(Case one, String policy) {
    Dataset<Row> good =
        spark
            .range(one.others())
            .select(expr(one.features()).as("features"), expr(one.label()).as("label"));
    Dataset<Row> bad =
        spark
            .range(one.others() == 0 ? 0 : 1)
            .select(expr(one.bad()).as("features"), expr(one.badLabel()).as("label"));
    Dataset<Row> rows = good.unionByName(bad);
    return attempt(
        () -> {
          RnnClassifierModel model = classifier().setHandleInvalid(policy).fit(rows);
          long predicted = model.transform(rows).filter("prediction >= 0").count();
          long given = model.transform(rows).count();
          return String.format(
              "%s; %d rows predicted, %d with a label", learned(model), given, predicted);
        });
  }

  private void allValidate() {
    Dataset<Row> rows =
        spark
            .range(40)
            .select(
                expr(WORDS).as("features"), expr(SIDES).as("label"), expr("id >= 0").as("mark"));
    String became =
        attempt(() -> learned(classifier().setValidationIndicatorCol("mark").fit(rows)));
    System.out.printf("| all rows validate | error | %s |%n", became);
  }

  /** From the table of the summary: how many rows were learned, validate, and were left out. */
  private static String learned(RnnClassifierModel model) {
    String table = model.summary().rows();
    String[] rows =
        table
            .lines()
            .filter(line -> line.startsWith("rows "))
            .findFirst()
            .orElseThrow()
            .split(" +");
    String out =
        table
            .lines()
            .filter(line -> line.contains(" left out"))
            .findFirst()
            .orElse("none was left out");
    return String.format(
        "%s rows learned, %s validate, %s", rows[1], rows[2], out.replaceAll("[,:].*", ""));
  }

  private String attempt(Callable<String> work) {
    try {
      return work.call();
    } catch (Exception e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("\tat ") || message.lines().count() > 2) {
        failed = true;
        e.printStackTrace();
      }
      return e.getClass().getSimpleName() + ": " + message.replace("\n", " ");
    }
  }

  private static RnnClassifier classifier() {
    return new RnnClassifier().setHiddenSize(4).setNumLayers(1).setMaxIter(1).setBatchSize(8);
  }
}
