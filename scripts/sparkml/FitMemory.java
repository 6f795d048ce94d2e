import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bytedeco.javacpp.Pointer;
import org.rondo.kernels.NativeMemory;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Fits and predicts the same texts again and again in one session, and prints after the first and
 * after every fifth time what the process holds, as the row of a table: resident memory as /proc
 * has it, without what is shared as JavaCPP has it, and direct buffers, in MB.
 *
 * <p>Arguments: the folder of the texts, a folder for what is written, the number of fits.
 */
public final class FitMemory {
  private FitMemory() {}

  public static void main(String[] arguments) throws Exception {
    var texts = new Texts("local[2]", Path.of(arguments[0]), Path.of(arguments[1]));
    Dataset<Row> rows = texts.read("parquet", 7).cache();
    int fits = Integer.parseInt(arguments[2]);
    for (int fit = 1; fit <= fits; fit++) {
      RnnClassifierModel model = Texts.classifier().fit(rows);
      model.transform(rows).collectAsList();
      if (fit == 1 || fit % 5 == 0 || fit == fits) {
        System.gc();
        System.out.printf(
            "| %d | %.0f | %.0f | %.1f |%n",
            fit,
            TransformMemory.resident() / 1e6,
            Pointer.physicalBytes() / 1e6,
            NativeMemory.used() / 1e6);
      }
    }
    texts.spark.stop();
  }
}
