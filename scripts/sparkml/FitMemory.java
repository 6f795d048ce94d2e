import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Fits and predicts the same texts again and again in one session on two executors, and prints
 * after the first and after every fifth time what the driver and the executors hold, as rows of a
 * table: resident memory, code and classes, what is neither of these nor heap, and the network's
 * buffers, in MB.
 *
 * <p>Arguments: the folder of the texts, a folder for what is written, the number of fits.
 */
public final class FitMemory {
  private FitMemory() {}

  public static void main(String[] arguments) throws Exception {
    var texts = new Texts("local-cluster[2,1,1024]", Path.of(arguments[0]), Path.of(arguments[1]));
    Dataset<Row> rows = texts.read("parquet", 7).cache();
    int fits = Integer.parseInt(arguments[2]);
    for (int fit = 1; fit <= fits; fit++) {
      RnnClassifierModel model = Texts.classifier().fit(rows);
      model.transform(rows).collectAsList();
      if (fit == 1 || fit % 5 == 0 || fit == fits) {
        Map<String, Footprint> processes = new TreeMap<>(Footprint.ofExecutors(texts.spark, 2));
        processes.put("driver", Footprint.here());
        int number = fit;
        processes.forEach(
            (name, of) -> System.out.printf("| %d | %s | %s |%n", number, name, of.columns()));
      }
    }
    texts.spark.stop();
  }
}
