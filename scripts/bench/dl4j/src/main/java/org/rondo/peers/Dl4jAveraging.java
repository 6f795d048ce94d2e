package org.rondo.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Tokens per second of DL4J's parameter averaging on embedded executors of one core, one worker each:
 * in every round each worker trains so many minibatches of {@link Model} M, then parameters are
 * averaged. The training master caches the minibatches on the executors in its first round.
 *
 * <p>Usage: {@code Dl4jAveraging EXECUTORS MEGABYTES MINIBATCHES ROUNDS} with OMP_NUM_THREADS=1; the
 * first round does not count. Prints one line.
 */
public final class Dl4jAveraging {
  private Dl4jAveraging() {}

  /** Measures one number of executors. */
  public static void main(String[] arguments) {
    int executors = Integer.parseInt(arguments[0]);
    String megabytes = arguments[1];
    int minibatches = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    Model model = Model.named("M");
    try (var spark = new JavaSparkContext(conf(executors, megabytes))) {
      JavaRDD<DataSet> data = data(spark, model, executors, minibatches);
      var network = new SparkDl4jMultiLayer(spark, model.network(), master(model, executors, minibatches));
      double tokens = (double) executors * minibatches * model.tokens();
      var rates = new ArrayList<Double>();
      for (int round = 0; round < rounds; round++) {
        long begin = System.nanoTime();
        network.fit(data);
        rates.add(tokens * 1e9 / (System.nanoTime() - begin));
      }
      print(executors, minibatches, rates.subList(1, rounds));
    }
  }

  private static SparkConf conf(int executors, String megabytes) {
    return new SparkConf()
        .setAppName("dl4j")
        .setMaster("local-cluster[%d,1,%s]".formatted(executors, megabytes))
        .set("spark.executor.memory", megabytes + "m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=0")
        .set("spark.executorEnv.OMP_NUM_THREADS", "1")
        .set("spark.ui.enabled", "false")
        .set("spark.locality.wait", "0");
  }

  /** One split of the training master's, so that every call of fit is one round. */
  private static JavaRDD<DataSet> data(
      JavaSparkContext spark, Model model, int workers, int minibatches) {
    var random = new Random(1);
    List<DataSet> all = new ArrayList<>();
    for (int i = 0; i < workers * minibatches; i++) {
      all.add(model.minibatch(random));
    }
    return spark.parallelize(all, workers);
  }

  private static ParameterAveragingTrainingMaster master(Model model, int workers, int minibatches) {
    return new ParameterAveragingTrainingMaster.Builder(workers, model.batch())
        .batchSizePerWorker(model.batch())
        .averagingFrequency(minibatches)
        .workerPrefetchNumBatches(2)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .build();
  }

  private static void print(int executors, int minibatches, List<Double> rates) {
    String windows =
        rates.stream()
            .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
            .collect(Collectors.joining(","));
    System.out.println(
        String.join(
            "\t",
            "dl4j",
            "executors=" + executors,
            "sync_every=" + minibatches,
            "windows=" + windows));
  }
}
