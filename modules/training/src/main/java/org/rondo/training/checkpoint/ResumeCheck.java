package org.rondo.training.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Require;

/** Whether a job may go on from a checkpoint, and what of it will not be as before. */
public final class ResumeCheck {
  private static final String BITS_DIFFER = "bits will differ";
  private static final String END_DIFFERS = "the run may end after another round";

  private final Checkpoint checkpoint;
  private final RunRecord before;
  private final List<String> warnings = new ArrayList<>();

  private ResumeCheck(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.before = checkpoint.run();
  }

  /**
   * Refuses a job to which the checkpoint's states or its best score mean nothing; a job that
   * merely trains on differently is warned about.
   *
   * @param fingerprint of the kernels that would go on
   * @param reshard whether another number of shards may go on, with states that begin anew
   * @return sentences that the user should read; none if bits will be those of a run that never
   *     stopped
   * @throws CheckpointException if what the checkpoint holds does not fit together
   * @throws IngestException if vocabulary, training or validation data are others
   * @throws IllegalArgumentException naming what else differs, with both values
   */
  public static List<String> warnings(
      Checkpoint checkpoint,
      TrainingJob job,
      Dataset dataset,
      String fingerprint,
      boolean reshard) {
    var check = new ResumeCheck(checkpoint);
    checkpoint.requireResumable();
    check.requireSameData(dataset);
    check.requireSamePlan(job, dataset);
    check.compareShards(job.plan().shards(), reshard);
    check.compareRates(job.plan());
    check.compareEvaluations(job.plan());
    otherKernels(checkpoint, fingerprint).ifPresent(check.warnings::add);
    return check.warnings;
  }

  /**
   * A sentence where other kernels go on.
   *
   * @param fingerprint of those
   */
  public static Optional<String> otherKernels(Checkpoint checkpoint, String fingerprint) {
    if (Kernels.sameBits(checkpoint.fingerprint(), fingerprint)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "resuming under other kernels, so bits will differ: the checkpoint was trained with %s, this is %s",
            checkpoint.fingerprint(),
            fingerprint));
  }

  private void requireSameData(Dataset dataset) {
    String there = "the checkpoint " + checkpoint.folder().uri();
    dataset.dictionaries().forEach((name, text) -> requireSameDictionary(name, text, there));
    requireSameData(Split.TRAIN, before.trainText(), dataset);
    requireSameData(Split.VALIDATION, before.validationText(), dataset);
  }

  private void requireSameDictionary(String name, String text, String there) {
    if (name.equals(Checkpoint.VOCABULARY)) {
      Vocabulary.fromJson(text).requireSame(checkpoint.vocabulary(), "the corpus", there);
    } else if (!text.equals(checkpoint.text(name))) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "resume: %s of the data is not that of %s; name the data that it was trained on",
              name,
              there));
    }
  }

  private void requireSameData(String split, String expected, Dataset dataset) {
    String here = dataset.fingerprint(split);
    if (!here.equals(expected)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "resume: the %s split of %s is another text (fingerprint %.12s) than the checkpoint %s was trained with (%.12s)",
              split,
              dataset.folder(),
              here,
              checkpoint.folder().uri(),
              expected));
    }
  }

  private void requireSamePlan(TrainingJob job, Dataset dataset) {
    TrainingPlan was = before.plan();
    TrainingPlan now = job.plan();
    requireSameNetwork(checkpoint.network(), job.network());
    requireSame("seed", was.seed(), now.seed());
    requireSame("data.order", was.data().order().word(), now.data().order().word());
    requireSame("train.batch", was.rounds().batch(), now.rounds().batch());
    requireSame("train.unroll", was.rounds().unroll(), now.rounds().unroll());
    requireSame("train.vary_unroll", was.rounds().varied(), now.rounds().varied());
    if (!dataset.steps(was.trainingText()).equals(dataset.steps(now.trainingText()))) {
      requireSame("data.buckets", was.data().buckets(), now.data().buckets());
    }
    requireSame("optimizer.name", was.update().optimizer().name(), now.update().optimizer().name());
    requireSame("sync.name", was.sync().name(), now.sync().name());
    requireSame("sync.slots", was.sync().slots().word(), now.sync().slots().word());
    // What the states and the outer state hold.
    requireSame("sync.delay", was.sync().delay(), now.sync().delay());
    // The best score so far was measured so.
    requireSame("evaluate.streams", was.evaluation().streams(), now.evaluation().streams());
    requireSame("evaluate.batch", was.evaluation().batch(), now.evaluation().batch());
    requireSame("evaluate.metric", was.evaluation().metric(), now.evaluation().metric());
  }

  private void requireSameNetwork(NetworkSpec was, NetworkSpec now) {
    for (int i = 0; i < Math.min(was.layers().size(), now.layers().size()); i++) {
      requireSame("layer " + (i + 1) + " of the network", was.layers().get(i), now.layers().get(i));
    }
    requireSame("the network's number of layers", was.layers().size(), now.layers().size());
    requireSame("the network's head", was.head(), now.head());
    requireSame("network.reset", reset(was), reset(now));
  }

  private static String reset(NetworkSpec network) {
    return network.documentStart() == null ? "none" : "document";
  }

  private void compareShards(int now, boolean reshard) {
    int was = before.plan().shards();
    Require.that(
        was == now || reshard,
        String.format(
            Locale.ROOT,
            "resume: shards is %d, the checkpoint %s was trained with %d; --reshard goes on with %s, whose hidden states and optimizer slots begin anew",
            now,
            checkpoint.folder().uri(),
            was,
            Counted.of(now, "shard")));
    if (was != now) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "resharded after round %d, so bits will differ: shards was %d, now it is %d; their hidden states and optimizer slots begin anew",
              checkpoint.round(),
              was,
              now));
    }
  }

  private void compareRates(TrainingPlan now) {
    TrainingPlan was = before.plan();
    compare("train.sync_every", was.rounds().syncEvery(), now.rounds().syncEvery());
    compare("train.clip_norm", was.update().clip().norm(), now.update().clip().norm());
    compare("train.clip_value", was.update().clip().value(), now.update().clip().value());
    compare("train.scale_norm", was.update().clip().scaleNorm(), now.update().clip().scaleNorm());
    compare("optimizer", was.update().optimizer(), now.update().optimizer());
    compare("sync", was.sync(), now.sync());
    compare("schedule", was.update().schedule(), now.update().schedule());
    if (now.update().schedule().name().equals(SchedulePlan.COSINE)) {
      compare(
          "train.rounds, which the cosine's length is,",
          was.rounds().count(),
          now.rounds().count());
    }
  }

  /** Only a plan that decides by evaluations trains on differently after others. */
  private void compareEvaluations(TrainingPlan now) {
    EvaluationPlan was = before.plan().evaluation();
    EvaluationPlan is = now.evaluation();
    if (now.update().schedule().name().equals(SchedulePlan.PLATEAU)) {
      compare("evaluate.every", was.every(), is.every());
      compareLastEvaluation(BITS_DIFFER);
    } else if (is.patience() > 0) {
      compareEnd("evaluate.every", was.every(), is.every());
      compareLastEvaluation(END_DIFFERS);
    }
    compareEnd("early_stopping.patience", was.patience(), is.patience());
    compareAverage(was.averageAfter(), is.averageAfter());
  }

  /** A mean of parameters that has begun is part of the run's state. */
  private void compareAverage(int was, int now) {
    int from = before.state().averageFrom();
    if (from == 0) {
      compare("other parameters may be evaluated and kept", "evaluate.average_after", was, now);
    } else if (was != now) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the mean of parameters that began after round %d goes on: evaluate.average_after was %d, now it is %d",
              from,
              was,
              now));
    }
  }

  /** A run that was longer from the start would not have been evaluated after that round. */
  private void compareLastEvaluation(String consequence) {
    int round = checkpoint.round();
    if (round >= before.plan().rounds().count()
        && round % before.plan().evaluation().every() != 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "going on after round %d, which was evaluated because it was the last, so %s",
              round,
              consequence));
    }
  }

  private void requireSame(String key, Object was, Object now) {
    Require.that(
        was.equals(now),
        String.format(
            Locale.ROOT,
            "resume: %s is %s, the checkpoint %s was trained with %s",
            key,
            now,
            checkpoint.folder().uri(),
            was));
  }

  private void compare(String key, Object was, Object now) {
    compare(BITS_DIFFER, key, was, now);
  }

  private void compareEnd(String key, Object was, Object now) {
    compare(END_DIFFERS, key, was, now);
  }

  private void compare(String consequence, String key, Object was, Object now) {
    if (!was.equals(now)) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "resuming with another plan, so %s: %s was %s, now it is %s",
              consequence,
              key,
              was,
              now));
    }
  }
}
