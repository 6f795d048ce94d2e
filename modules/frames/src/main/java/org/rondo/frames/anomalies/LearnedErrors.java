package org.rondo.frames.anomalies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.frames.FramePlan;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.ShippedModel;
import org.rondo.frames.rows.RowReader;
import org.rondo.frames.windows.WindowFrames;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.anomaly.AnomalyFeatures;
import org.rondo.tasks.anomaly.AnomalyTask;
import org.rondo.tasks.anomaly.Calibration;
import org.rondo.tasks.anomaly.ErrorMeasure;
import scala.Tuple2;

/**
 * Measures the errors of a trained network on the training and validation steps of every series,
 * which say what is usual. Test steps and labels play no part.
 */
public final class LearnedErrors {
  private static final List<String> KNOWN = List.of(Split.TRAIN, Split.VALIDATION);

  private final SparkSession spark;
  private final FrameModel model;
  private final float[] parameters;

  /**
   * @param parameters of the model's network, as its layout says
   */
  public LearnedErrors(SparkSession spark, FrameModel model, float[] parameters) {
    this.spark = spark;
    this.model = model;
    this.parameters = parameters;
  }

  /**
   * The model with what is usual.
   *
   * @param sources by split, or by another name for a source whose series are each cut into splits
   * @param fractions of the splits that a source is cut into
   * @throws IngestException if no series can be used
   */
  public FrameModel measured(Map<String, Dataset<Row>> sources, Map<String, Double> fractions) {
    var features = (AnomalyFeatures) model.features();
    WindowPlan plan = features.windows().orElseThrow();
    Map<String, Dataset<Row>> windows =
        new WindowFrames(spark, plan, model.columns(), FramePlan.PARTS)
            .ofLearned(sources, fractions);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<float[]> values = context.broadcast(parameters);
    var calibrations = new TreeMap<String, Calibration>();
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      JavaRDD<Tuple2<String, double[]>> all = calibrations(windows, values);
      for (Tuple2<String, double[]> each :
          jobs.run("measuring errors", () -> Guarded.collect(all))) {
        calibrations.put(each._1(), Calibration.ofNumbers(each._2()));
      }
    } finally {
      values.destroy();
    }
    if (calibrations.isEmpty()) {
      throw new IngestException(AnomalyTask.NAME + ": no series has steps to measure errors on");
    }
    return new FrameModel(
        model.task(),
        model.settings(),
        features.calibrated(calibrations),
        model.network(),
        model.kernels(),
        model.columns(),
        model.invalidRows());
  }

  private JavaRDD<Tuple2<String, double[]>> calibrations(
      Map<String, Dataset<Row>> windows, Broadcast<float[]> values) {
    var shipped = new ShippedModel(model, values);
    JavaPairRDD<String, Tuple2<Integer, double[][]>> errors = null;
    for (int split = 0; split < KNOWN.size(); split++) {
      Dataset<Row> pieces = windows.get(KNOWN.get(split));
      if (pieces != null) {
        JavaPairRDD<String, Tuple2<Integer, double[][]>> own = errors(pieces, split, shipped);
        errors = errors == null ? own : errors.union(own);
      }
    }
    String features = model.features().toJson();
    return errors
        .groupByKey(FramePlan.PARTS)
        .mapPartitions(
            part -> {
              var known = (AnomalyFeatures) new AnomalyTask().features(features);
              var all = new ArrayList<Tuple2<String, double[]>>();
              while (part.hasNext()) {
                Tuple2<String, Iterable<Tuple2<Integer, double[][]>>> series = part.next();
                Calibration usual = known.calibration(joined(series._2()));
                all.add(new Tuple2<>(series._1(), usual.numbers()));
              }
              return all.iterator();
            });
  }

  /** In the order of time. */
  private static double[][] joined(Iterable<Tuple2<Integer, double[][]>> pieces) {
    var sorted = new ArrayList<Tuple2<Integer, double[][]>>();
    pieces.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    return sorted.stream().flatMap(piece -> List.of(piece._2()).stream()).toArray(double[][]::new);
  }

  /** Those of pieces that can be used; what becomes of others was said when they were learned. */
  private static JavaPairRDD<String, Tuple2<Integer, double[][]>> errors(
      Dataset<Row> pieces, int split, ShippedModel shipped) {
    RowReader reader = RowReader.of(WindowPlan.COLUMNS, Map.of(), pieces.schema(), true);
    return pieces
        .toJavaRDD()
        .mapPartitionsToPair(
            part -> {
              ErrorMeasure measure =
                  shipped.open(
                      "measuring errors",
                      (features, spec, own, kernels, precision) ->
                          new ErrorMeasure(
                              (AnomalyFeatures) features, spec, own, kernels, precision),
                      ErrorMeasure::close);
              return measured(part, reader, measure, split).iterator();
            });
  }

  private static List<Tuple2<String, Tuple2<Integer, double[][]>>> measured(
      Iterator<Row> part, RowReader reader, ErrorMeasure measure, int split) {
    var all = new ArrayList<Tuple2<String, Tuple2<Integer, double[][]>>>();
    while (part.hasNext()) {
      try {
        Example piece = reader.example(part.next());
        double[][] errors = measure.errors(piece);
        if (errors.length > 0) {
          all.add(new Tuple2<>(piece.text(WindowPlan.ID), new Tuple2<>(split, errors)));
        }
      } catch (BadExampleException e) {
        // Preparation has counted it, and scoring will tell it.
      }
    }
    return all;
  }
}
