package org.rondo.models;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rondo.models.NetworkSpec.HeadSpec;

/**
 * A class for every sequence, such as what a review thinks of a film: the steps are pooled to one
 * vector, that goes through a {@link SoftmaxObjective}. The target stands at a sequence's own last
 * step.
 *
 * <p>Option {@code pooling}: {@code last} (default), {@code mean}, {@code max} or {@code
 * attention}, which brings parameters of its own.
 */
@AutoService(Head.class)
public final class ClassifierHead implements Head {
  private static final String POOLING = "pooling";

  @Override
  public String type() {
    return "classifier";
  }

  @Override
  public Set<String> options() {
    return Set.of(POOLING);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(pooling(spec), inputs));
    all.addAll(SoftmaxObjective.parameters(inputs, spec.outputs()));
    return all;
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    Pooling pooling = Pooling.named(pooling(spec), workspace, input);
    return new PooledObjective(
        workspace, pooling, new SoftmaxObjective(workspace, pooling.output(), spec.outputs()));
  }

  private static String pooling(HeadSpec spec) {
    List<String> names = Pooling.names();
    String[] others = names.subList(1, names.size()).toArray(new String[0]);
    return spec.options().choice(POOLING, names.get(0), others);
  }

  /** An objective of one row per sequence. */
  private static final class PooledObjective implements Objective {
    private final Workspace workspace;
    private final Pooling pooling;
    private final Objective objective;
    private final int[] targets;

    PooledObjective(Workspace workspace, Pooling pooling, Objective objective) {
      this.workspace = workspace;
      this.pooling = pooling;
      this.objective = objective;
      this.targets = new int[workspace.batch()];
    }

    @Override
    public double lossAndGradient(int[] targets, int targetCount) {
      gather(targets);
      pool();
      double sum = objective.lossAndGradient(this.targets, targetCount);
      pooling.backward();
      return sum;
    }

    @Override
    public void loss(int[] targets, double[] sums) {
      gather(targets);
      pool();
      objective.loss(this.targets, sums);
    }

    @Override
    public int predictions() {
      return workspace.batch();
    }

    @Override
    public void logits(float[] logits) {
      pool();
      objective.logits(logits);
    }

    private void pool() {
      pooling.forward();
      Signal pooled = pooling.output();
      workspace.round(pooled.values(), pooled.operand());
    }

    private void gather(int[] all) {
      Arrays.fill(targets, Minibatch.NO_TARGET);
      int batch = workspace.batch();
      for (int row = 0; row < all.length; row++) {
        if (all[row] < 0) {
          continue;
        }
        int b = row % batch;
        if (row / batch != workspace.lengths()[b] - 1) {
          throw new IllegalArgumentException(
              "classifier: sequence %d of length %d has a target at step %d, it must be the last"
                  .formatted(b, workspace.lengths()[b], row / batch));
        }
        targets[b] = all[row];
      }
    }
  }
}
