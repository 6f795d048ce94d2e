import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Loads a model and prints the SHA-256 of its predictions of the texts, the bits of all columns in
 * the order of the texts' numbers. Fails if the plan of the predictions exchanges rows.
 *
 * <p>Arguments: the master, the folder of the texts, a folder for what is written, the model, the
 * format, the number of its files.
 */
public final class Predictions {
  private Predictions() {}

  public static void main(String[] arguments) throws Exception {
    var texts = new Texts(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
    RnnClassifierModel model = RnnClassifierModel.load(arguments[3]);
    Dataset<Row> predicted =
        model.transform(texts.read(arguments[4], Integer.parseInt(arguments[5])));
    String plan = predicted.queryExecution().executedPlan().toString();
    if (plan.contains("Exchange")) {
      throw new IllegalStateException("transform exchanges rows:\n" + plan);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Row row : predicted.orderBy("number").collectAsList()) {
      digest.update(row.mkString("\t").getBytes(StandardCharsets.UTF_8));
    }
    System.out.println(HexFormat.of().formatHex(digest.digest()));
    texts.spark.stop();
  }
}
