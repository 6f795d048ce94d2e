package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.optimizers.ClipPlan;

/**
 * A text of segments: a letter drawn from four, a gap, then the letter's capital, which ends the
 * segment. Half of the gaps are short and teach to remember; the others are longer than the unroll
 * length, so that the letter is never in the minibatch of its capital and only a carried state can
 * know it.
 */
class CarriedStateTest {
  private static final int UNROLL = 7;
  private static final int SHORT = 1;
  private static final int LONG = 8;
  private static final int ROUNDS = 3000;
  private static final int LAST = 300;

  /**
   * A segment holds three coin tosses (two for the letter, one for the gap) over 2 + gap characters
   * on average; who has forgotten the letter tosses two more at every other capital.
   */
  private static final double CHARACTERS = 2 + (SHORT + LONG) / 2.0;

  private static final double WITH_MEMORY = 3 * Math.log(2) / CHARACTERS;
  private static final double WITHOUT_MEMORY = 4 * Math.log(2) / CHARACTERS;

  @TempDir Path folder;
  private TrainingJob job;
  private Shard shard;

  @BeforeEach
  void prepare() {
    TrainingPlan plan =
        TrainingPlan.defaults()
            .with(
                p ->
                    p.seed(3)
                        .shards(1)
                        .rounds(ROUNDS)
                        .minibatches(1)
                        .batch(16, UNROLL)
                        .clip(ClipPlan.ofNorm(1))
                        .optimizer("adam", 0.02)
                        .precision("float32"));
    TrainingJob prepared = TinyJob.of(folder, text(80_000), plan);
    int vocabulary = TinyJob.corpus(prepared).vocabulary().size();
    NetworkSpec network = RecurrentStack.languageModel(vocabulary, "lstm", 1, 16, 0);
    job = new TrainingJob(network, plan, prepared.dataset());
    shard = TinyJob.shard(job, 0);
  }

  @Test
  void longMemoryIsLearnedWithCarriedState() {
    // A tenth above what perfect memory reaches, and well below what no memory can beat.
    assertThat(lossAfterTraining(state -> state))
        .isLessThan(1.1 * WITH_MEMORY)
        .isLessThan(0.95 * WITHOUT_MEMORY);
  }

  @Test
  void longMemoryIsNotLearnedWhenEveryMinibatchForgets() {
    // 2% below the bound: letters and gaps are drawn, not counted out.
    assertThat(lossAfterTraining(CarriedStateTest::forget)).isGreaterThan(0.98 * WITHOUT_MEMORY);
  }

  private static WorkerState forget(WorkerState state) {
    return new WorkerState(
        state.shard(), state.steps(), state.idle(), new float[0], state.slots(), new float[0]);
  }

  /** Mean loss over the last rounds, each of one minibatch; states pass through {@code between}. */
  private double lossAfterTraining(UnaryOperator<WorkerState> between) {
    float[] parameters = Network.initialParameters(job.network(), 3);
    WorkerState state = WorkerState.initial(0);
    double sum = 0;
    long tokens = 0;
    for (int r = 1; r <= ROUNDS; r++) {
      WorkerResult result =
          Worker.work(parameters, between.apply(state), shard, TinyJob.round(job, r));
      parameters = result.contribution();
      state = result.state();
      if (r > ROUNDS - LAST) {
        sum += result.report().lossSum();
        tokens += result.report().tokens();
      }
    }
    return sum / tokens;
  }

  private static String text(int length) {
    CounterRandom random = CounterRandom.of(23);
    var text = new StringBuilder();
    for (int i = 0; text.length() < length; i += 2) {
      int letter = (int) (4 * random.uniform(i));
      int gap = random.uniform(i + 1) < 0.5 ? SHORT : LONG;
      text.append("abcd".charAt(letter)).append(".".repeat(gap)).append("ABCD".charAt(letter));
    }
    return text.toString();
  }
}
