package org.rondo.cli.results;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.rondo.ingest.LocalFiles;
import org.rondo.models.layers.ImageShape;
import org.rondo.runs.RowModel;
import org.rondo.runs.SettingsException;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.ImagePlan;
import scala.collection.Seq;

/** Writes the predicted images of a regression of the next step, a PNG for each row. */
public final class PredictedImages {
  private static final String SERIES = "series";
  private static final String PREDICTION = "prediction";

  private final ImageShape shape;
  private final String series;
  private final Path folder;

  /**
   * @param folder where they go; is made
   * @throws SettingsException if the task predicts no images
   */
  public PredictedImages(RowModel model, String folder) {
    TaskSettings settings = model.rows().taskSettings();
    boolean next = settings.values().getOrDefault("target", "").equals("next");
    if (!next || !settings.values().containsKey("image")) {
      throw new SettingsException(
          "--images: only regression.target = next predicts images of the steps to come");
    }
    shape =
        ImagePlan.of(settings)
            .image()
            .filter(ImageStrip::shows)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "--images: regression.image must say what the values of a step are, such as"
                            + " 16x16x1 of grey or 16x16x3 of colours"));
    series = model.ofFrames().columns().getOrDefault(SERIES, SERIES);
    this.folder = new Path(folder);
  }

  /**
   * Writes {@code 1.png}, {@code 2.png} and so on.
   *
   * @param rows with their predictions
   * @return how many there are
   */
  public int write(Iterator<Row> rows, Configuration hadoop) throws IOException {
    FileSystem fs = LocalFiles.of(folder, hadoop);
    fs.mkdirs(folder);
    var strip = new ImageStrip(shape);
    int count = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(row.fieldIndex(PREDICTION))) {
        continue; // rejected
      }
      count++;
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(strip.of(steps(row, series), steps(row, PREDICTION)), "png", bytes);
      var file = new Path(folder, String.format(Locale.ROOT, "%d.png", count));
      try (FSDataOutputStream out = fs.create(file, false)) {
        bytes.writeTo(out);
      }
    }
    return count;
  }

  private static float[][] steps(Row row, String column) {
    List<Seq<Number>> steps = row.getList(row.fieldIndex(column));
    var values = new float[steps.size()][];
    for (int t = 0; t < values.length; t++) {
      values[t] = new float[steps.get(t).size()];
      for (int i = 0; i < values[t].length; i++) {
        values[t][i] = steps.get(t).apply(i).floatValue();
      }
    }
    return values;
  }
}
