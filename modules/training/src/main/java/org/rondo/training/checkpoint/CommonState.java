package org.rondo.training.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Elementwise;
import org.rondo.models.Network;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.Divergence;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.NonFinite;
import org.rondo.training.optimizers.NonFiniteException;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.sync.OuterStep;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.Synchronizer;

/**
 * What all shards of a run have in common, on the driver: the vector that they begin each round
 * with, and what the synchronizer's step remembers. For one caller at a time.
 */
public final class CommonState implements AutoCloseable {
  private final ParameterLayout layout;
  private final OuterStep outer;
  private final int slots;
  private final boolean delayed;
  private float[] vector;

  /** The vector before the last step. */
  private float[] behind;

  private Optional<float[]> mean = Optional.empty();
  private boolean clipped;

  private CommonState(TrainingJob job, float[] parameters) {
    layout = Network.layout(job.network());
    outer = beginning(job, layout);
    slots = averagedSlots(job.plan());
    delayed = job.plan().sync().isDelayed();
    vector = Arrays.copyOf(parameters, length(layout.length(), slots));
    behind = vector;
  }

  private static OuterStep beginning(TrainingJob job, ParameterLayout layout) {
    TrainingPlan plan = job.plan();
    Elementwise passes = plan.kernels().choose().elementwise();
    return Synchronizer.named(plan.sync().name())
        .begin(new Synchronizer.Beginning(plan.sync(), plan.update(), layout, passes));
  }

  private static int length(int parameters, int slots) {
    long length = (1L + slots) * parameters;
    if (length > Integer.MAX_VALUE) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%,d parameters and %d averaged slots of each do not fit one array: sync.slots = keep averages none",
              parameters,
              slots));
    }
    return (int) length;
  }

  /** Slots that travel behind the parameters. */
  private static int averagedSlots(TrainingPlan plan) {
    return plan.sync().slots() == SlotPolicy.AVERAGE
        ? Optimizer.named(plan.update().optimizer().name()).slots()
        : 0;
  }

  /**
   * Before the first round, from these parameters; behind them averaged slots, if an earlier run
   * left any.
   */
  public static CommonState initial(TrainingJob job, float[] parameters) {
    return new CommonState(job, parameters);
  }

  /**
   * After the round of a checkpoint.
   *
   * @throws CheckpointException if it does not hold what the job's synchronizer remembers
   */
  public static CommonState restored(TrainingJob job, Checkpoint checkpoint) {
    var state = new CommonState(job, checkpoint.parameters());
    try {
      state.restore(checkpoint);
      return state;
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  private void restore(Checkpoint checkpoint) {
    int length = layout.length();
    RunState run = checkpoint.run().state();
    int outers = slots + outer.state().size();
    int late = delayed ? 1 : 0;
    boolean averages = run.averagedRounds() > 0;
    List<float[]> vectors = checkpoint.outer(outers + late + (averages ? 1 : 0));
    behind = delayed ? vectors.get(outers) : vector;
    mean = averages ? Optional.of(vectors.get(outers + late)) : Optional.empty();
    for (int i = 0; i < slots; i++) {
      System.arraycopy(vectors.get(i), 0, vector, (i + 1) * length, length);
    }
    outer.restore(vectors.subList(slots, outers), run.outerSteps());
  }

  /**
   * What the carrier hands to the workers in the next round: the parameters, behind them the
   * optimizer's slots if these are averaged as well; where steps are late, the parameters before
   * the last step. Not to be modified.
   */
  public float[] vector() {
    return delayed ? behind : vector;
  }

  /** Where steps are late: what the carrier hands to the workers in the round after the next. */
  public float[] following() {
    return vector;
  }

  /** The network's parameters alone; not to be modified. */
  public float[] parameters() {
    return slots == 0 ? vector : Arrays.copyOf(vector, layout.length());
  }

  /**
   * The parameters that are evaluated: their mean over rounds where there is one; not to be
   * modified.
   */
  public float[] evaluated() {
    return mean.orElseGet(this::parameters);
  }

  /**
   * Takes the present parameters into the mean over rounds, {@code mean += (p - mean) / n}.
   *
   * @param rounds n, 1 for the first one of the mean; 0 where there is none
   * @see <a href="https://doi.org/10.1137/0330046">Polyak and Juditsky 1992</a>
   */
  public void average(int rounds) {
    if (rounds == 0) {
      return;
    }
    float[] present = parameters();
    float[] before = mean.orElse(present);
    var next = new float[layout.length()];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (before[i] + ((double) present[i] - before[i]) / rounds);
    }
    mean = Optional.of(next);
  }

  /** How many parameters the network has. */
  public int parameterCount() {
    return layout.length();
  }

  /** Share of the last round's outer gradients that were clipped: 1 or 0. */
  public double clippedShare() {
    return clipped ? 1 : 0;
  }

  /**
   * Takes the outer step, unless no shard of the round learned from a target: then nothing moves.
   *
   * @throws TrainingException if it leads to parameters that are no finite numbers
   */
  public void advance(Round round, RoundResult result) {
    clipped = false;
    behind = vector;
    if (result.mean().length == 0) {
      return;
    }
    SyncPlan sync = round.plan().sync();
    float[] mean = sync.wire().restored(result.mean(), vector, sync.exchange());
    try {
      vector = outer.next(round.sync(), vector, mean);
    } catch (NonFiniteException e) {
      throw Divergence.in(round, round.lastStep(), e.getMessage());
    }
    clipped = outer.clipped();
    NonFinite.parameter(layout, vector)
        .ifPresent(
            found -> {
              throw new TrainingException(
                  String.format(
                      Locale.ROOT,
                      "training diverged in round %d: after the step of sync.name = %s %s; %s",
                      round.number(),
                      round.plan().sync().name(),
                      found,
                      Divergence.advice(round.plan())));
            });
  }

  /**
   * What ends a run whose validation loss is no number.
   *
   * @param round after which the parameters were evaluated
   */
  public TrainingException diverged(TrainingPlan plan, int round, double loss) {
    return Divergence.inEvaluation(plan, round, loss, layout, vector);
  }

  /** What the synchronizer remembers; not to be modified. */
  public List<float[]> outer() {
    return outer.state();
  }

  /** All but the parameters, for {@link OuterVectors#NAME}; empty if that is nothing. */
  Optional<Files.Content> content() {
    float[] common = vector;
    var remembered = new ArrayList<float[]>(outer.state());
    if (delayed) {
      remembered.add(behind);
    }
    mean.ifPresent(remembered::add);
    int length = layout.length();
    int vectors = slots + remembered.size();
    return vectors == 0
        ? Optional.empty()
        : Optional.of(
            out -> {
              OuterVectors.writeHeader(out, layout, vectors);
              FloatArrays.write(out, common, length, slots * length);
              for (float[] each : remembered) {
                FloatArrays.write(out, each, 0, length);
              }
            });
  }

  @Override
  public void close() {
    outer.close();
  }
}
