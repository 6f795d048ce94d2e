package org.rondo.training.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.Shard;
import org.rondo.models.Network;
import org.rondo.training.RoundPlan;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.Worker;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import org.rondo.training.WorkerState;

/** Clipping as workers do it, against the same written down in double precision. */
class ClippingTest {
  /**
   * The gradient is read off parameters up to 1, so it is rounded to 2^-24; the widest scaling here
   * multiplies that by less than 10.
   */
  private static final double CLOSE = 16 * 0x1.0p-24;

  @TempDir Path folder;
  private TrainingJob job;
  private Shard shard;
  private float[] parameters;

  @BeforeEach
  void prepare() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(1, "sgd"));
    shard = TinyJob.shard(job, 0);
    parameters = Network.initialParameters(job.network(), 5);
  }

  /** The gradient of this job's first step has a norm near 0.5 and elements up to 0.14. */
  static Stream<ClipPlan> everyWayToClip() {
    return Stream.of(
        ClipPlan.NONE,
        ClipPlan.ofNorm(0.1),
        ClipPlan.ofNorm(100),
        new ClipPlan(0, 0.01, 0),
        new ClipPlan(0, 100, 0),
        new ClipPlan(0.1, 0.01, 0),
        new ClipPlan(0, 0, 0.1),
        new ClipPlan(0, 0, 1),
        new ClipPlan(0, 0.01, 1));
  }

  @ParameterizedTest
  @MethodSource("everyWayToClip")
  void firstStepFollowsTheDefinition(ClipPlan clip) {
    double[] gradient = step(ClipPlan.NONE);
    double[] expected = clipped(gradient, clip);

    assertThat(norm(gradient)).isBetween(0.2, 1.0);
    assertThat(step(clip)).containsExactly(expected, within(CLOSE));
  }

  /** What the parameters lose in one step at a learning rate of 1. */
  private double[] step(ClipPlan clip) {
    float[] after = train(clip, 1).contribution();
    var lost = new double[after.length];
    Arrays.setAll(lost, i -> (double) parameters[i] - after[i]);
    return lost;
  }

  private static double[] clipped(double[] gradient, ClipPlan clip) {
    double[] result = gradient.clone();
    if (clip.value() > 0) {
      Arrays.setAll(result, i -> Math.max(-clip.value(), Math.min(clip.value(), result[i])));
    }
    double norm = norm(result);
    double wanted = clip.scaleNorm() > 0 ? clip.scaleNorm() : norm;
    if (clip.norm() > 0) {
      wanted = Math.min(norm, clip.norm());
    }
    double scale = wanted / norm;
    Arrays.setAll(result, i -> result[i] * scale);
    return result;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  @Test
  void stepsAreCountedWhoseGradientGotSmaller() {
    WorkerReport free = train(ClipPlan.NONE, 3).report();
    double norm = free.gradientNormSum();

    assertThat(free.minibatches()).isEqualTo(3);
    assertThat(free.clipped()).isZero();
    assertThat(clippedOfThree(ClipPlan.ofNorm(2 * norm))).isZero();
    assertThat(clippedOfThree(ClipPlan.ofNorm(0.01 * norm))).isEqualTo(3);
    assertThat(clippedOfThree(new ClipPlan(0, 2 * norm, 0))).isZero();
    assertThat(clippedOfThree(new ClipPlan(0, 0.001 * norm, 0))).isEqualTo(3);
    assertThat(clippedOfThree(new ClipPlan(0, 0, 2 * norm))).isZero();
    assertThat(clippedOfThree(new ClipPlan(0, 0, 0.01 * norm))).isEqualTo(3);
  }

  @Test
  void theReportedNormIsTheOneBeforeAnythingIsCut() {
    WorkerReport free = train(ClipPlan.NONE, 1).report();
    WorkerReport cut = train(new ClipPlan(0.1, 0.001, 0), 1).report();

    assertThat(cut.clipped()).isEqualTo(1);
    assertThat(cut.gradientNormSum()).isEqualTo(free.gradientNormSum());
  }

  @Test
  void gradientOfZeroStaysZeroWhateverItIsScaledTo() {
    assertThat(new ClipPlan(0, 0, 3).scale(0)).isEqualTo(1f);
  }

  private int clippedOfThree(ClipPlan clip) {
    return train(clip, 3).report().clipped();
  }

  private WorkerResult train(ClipPlan clip, int minibatches) {
    TrainingPlan plan =
        job.plan()
            .with(
                p ->
                    p.rounds(new RoundPlan(1, minibatches, 2, 5))
                        .update(
                            new UpdatePlan(
                                clip, OptimizerPlan.of("sgd", 1), SchedulePlan.constant())));
    var clippedJob = new TrainingJob(job.network(), plan, job.dataset());
    return Worker.work(parameters, WorkerState.initial(0), shard, TinyJob.round(clippedJob, 1));
  }
}
