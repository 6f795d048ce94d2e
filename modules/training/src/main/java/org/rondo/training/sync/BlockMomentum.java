package org.rondo.training.sync;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * Blockwise model-update filtering: the way from the common parameters to the shards' mean is a
 * gradient to which momentum is applied. With {@code d = mean - common}:
 *
 * <pre>
 * v      = momentum * v + d
 * common = common + learning_rate * (d + momentum * v)    nesterov
 * common = common + learning_rate * v                     otherwise
 * </pre>
 *
 * <p>Averaging alone moves S shards as far as one shard goes on S times less text; momentum of
 * {@code 1 - 1/S} makes up for it in the long run. Without momentum and at a rate of 1 this is
 * {@link Average}, bit for bit.
 *
 * @see <a href="https://doi.org/10.1109/ICASSP.2016.7472805">Chen and Huo 2016</a>
 * @see <a href="https://arxiv.org/abs/1910.00643">Wang et al. 2020, SlowMo</a>
 * @see <a href="https://arxiv.org/abs/2311.08105">Douillard et al. 2023, DiLoCo</a>
 */
@AutoService(Synchronizer.class)
public final class BlockMomentum implements Synchronizer {
  public static final String NAME = "block-momentum";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exchange exchange() {
    return Exchange.PARAMETERS;
  }

  @Override
  public OuterStep begin(Beginning run) {
    return new Velocity(run.sync().outer(), run.layout().length());
  }

  private static final class Velocity implements OuterStep {
    private final OuterPlan plan;
    private float[] velocity;

    Velocity(OuterPlan plan, int length) {
      this.plan = plan;
      velocity = new float[length];
    }

    @Override
    public float[] next(SyncRound round, float[] common, float[] mean) {
      if (round.warmsUp()) {
        return mean; // one shard needs no momentum to keep up with itself
      }
      double momentum = plan.momentum();
      double rate = plan.learningRate();
      for (int i = 0; i < velocity.length; i++) {
        double way = (double) mean[i] - common[i];
        double v = momentum * velocity[i] + way;
        velocity[i] = (float) v;
        // From the mean on, not from the common value: so a correction of zero keeps its bits.
        double correction =
            plan.nesterov() ? (rate - 1) * way + rate * momentum * v : rate * v - way;
        if (correction != 0) {
          mean[i] = (float) (mean[i] + correction);
        }
      }
      return mean;
    }

    @Override
    public List<float[]> state() {
      return List.of(velocity);
    }

    @Override
    public void restore(List<float[]> state, long steps) {
      velocity = state.get(0);
    }
  }
}
