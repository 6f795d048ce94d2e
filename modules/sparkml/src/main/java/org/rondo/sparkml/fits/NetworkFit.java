package org.rondo.sparkml.fits;

import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.SparkCarrier;
import org.rondo.driver.TrainingResult;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.driver.output.OutputOwner;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;
import org.rondo.sparkml.files.FitFolder;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.events.StopRequest;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on a prepared dataset, with the session's executors and in a fit's folder, and
 * takes the parameters that were best on the validation split.
 *
 * @param job what is trained
 * @param data the job's dataset, opened
 * @param roundsPerEpoch of the job's plan
 * @param start parameters that it begins with, where they are not drawn
 */
public record NetworkFit(
    TrainingJob job, Dataset data, int roundsPerEpoch, Optional<float[]> start) {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkFit.class);

  /** What it came to. */
  public record Trained(TrainedNetwork best, TrainingSummary summary) {}

  /**
   * Trains, or goes on where an earlier fit in the folder stopped.
   *
   * @param rows for the summary
   */
  public Trained run(JavaSparkContext spark, FitFolder folder, String rows) {
    var memory = JobMemory.of(job.network(), job.plan(), data.steps(job.plan().trainingText()));
    new ExecutorMemory(spark.getConf(), memory).require();
    Storage output = folder.run(digest());
    var history = new EpochHistory(roundsPerEpoch);
    TrainingResult result = train(spark, output, history);
    var best = TrainedNetwork.of(Checkpoint.open(output.path(), spark.hadoopConfiguration()));
    return new Trained(
        best,
        new TrainingSummary(
            history.epochs(),
            history.epoch(best.round()),
            FloatArrays.sha256(best.parameters()),
            history.parameters(),
            result.tokens(),
            result.tokensPerSecond(),
            history.fingerprint(),
            rows));
  }

  /** Everything that decides what is learned. */
  private String digest() {
    return Sha256.of(
        String.join(
            " ",
            job.network().toJson(),
            job.plan().toString(),
            new TreeMap<>(data.dictionaries()).toString(),
            data.fingerprint(Split.TRAIN),
            data.fingerprint(Split.VALIDATION),
            start.map(FloatArrays::sha256).orElse("")));
  }

  private TrainingResult train(JavaSparkContext spark, Storage output, EpochHistory history) {
    try (OutputOwner owner = OutputOwner.take(output, LOG::info);
        var carrier = new SparkCarrier(spark, job, owner.scratch())) {
      var trainer =
          new DistributedTrainer(carrier, output, owner, history, StopRequest.when(() -> false));
      start.ifPresent(trainer::beginningWith);
      return FitFolder.hasRound(output) ? trainer.resume() : trainer.train();
    }
  }
}
