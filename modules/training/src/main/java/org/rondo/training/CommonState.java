package org.rondo.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.rondo.models.Network;
import org.rondo.models.ParameterLayout;

/**
 * What all shards of a run have in common, on the driver: the vector that they begin each round
 * with, and what the synchronizer's step remembers. For one caller at a time.
 */
public final class CommonState implements AutoCloseable {
  private final ParameterLayout layout;
  private final OuterStep outer;
  private float[] vector;

  private CommonState(TrainingJob job, float[] parameters) {
    layout = Network.layout(job.network());
    outer = Synchronizer.named(job.plan().sync().name()).begin(job);
    vector = parameters;
  }

  /** Before the first round, from these parameters; they belong to the state from now on. */
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
    List<float[]> remembered = checkpoint.outer(state.outer.state().size());
    state.outer.restore(remembered);
    return state;
  }

  /** What the carrier hands to the workers; not to be modified. */
  public float[] vector() {
    return vector;
  }

  /** The network's parameters alone; not to be modified. */
  public float[] parameters() {
    return vector;
  }

  /**
   * Takes the outer step.
   *
   * @throws TrainingException if it leads to parameters that are no finite numbers
   */
  public void advance(Round round, RoundResult result) {
    vector = outer.next(round, vector, result.mean());
    Divergence.ofParameters(layout, vector)
        .ifPresent(
            found -> {
              throw new TrainingException(
                  "training diverged in round %d: after the step of sync.name = %s %s; a smaller sync.learning_rate or optimizer.learning_rate may help"
                      .formatted(round.number(), round.plan().sync().name(), found));
            });
  }

  /** Writes what the step remembers as a file of a checkpoint; empty if that is nothing. */
  Optional<FileEntry> write(Storage folder) throws IOException {
    List<float[]> vectors = outer.state();
    return vectors.isEmpty()
        ? Optional.empty()
        : Optional.of(OuterVectors.write(folder, layout, vectors));
  }

  @Override
  public void close() {
    outer.close();
  }
}
