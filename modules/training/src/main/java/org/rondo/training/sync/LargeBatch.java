package org.rondo.training.sync;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.Clipping;
import org.rondo.training.optimizers.NonFinite;
import org.rondo.training.optimizers.NonFiniteException;
import org.rondo.training.optimizers.OptimizerStep;
import org.rondo.training.optimizers.UpdatePlan;

/**
 * One large minibatch: the mean of all shards' gradients is clipped, and the driver takes the
 * optimizer's one step per round with a target. Its slots are the only ones. With one minibatch per
 * round this is synchronous stochastic gradient descent; more of them make the minibatch larger
 * still.
 *
 * @see <a href="https://arxiv.org/abs/1604.00981">Chen et al. 2016</a>
 */
@AutoService(Synchronizer.class)
public final class LargeBatch implements Synchronizer {
  @Override
  public String name() {
    return "gradient";
  }

  @Override
  public Exchange exchange() {
    return Exchange.GRADIENTS;
  }

  @Override
  public OuterStep begin(Beginning run) {
    return new OneStep(run.update(), run.layout(), run.passes());
  }

  private static final class OneStep implements OuterStep {
    private final ParameterLayout layout;
    private final Elementwise passes;
    private final Clipping clipping;
    private final OptimizerStep step;
    private final NativeMemory memory = new NativeMemory();
    private final Gradient gradient;
    private final OptimizerStep.Target target;
    private long taken;
    private boolean clipped;

    OneStep(UpdatePlan plan, ParameterLayout layout, Elementwise passes) {
      this.layout = layout;
      this.passes = passes;
      clipping = new Clipping(plan.clip(), passes);
      step = new OptimizerStep(plan, passes);
      gradient = Gradient.dense(memory.floats(layout.length()));
      List<NativeBuffer> slots = new ArrayList<>();
      for (int i = 0; i < step.slots(); i++) {
        slots.add(memory.floats(layout.length()));
      }
      target = new OptimizerStep.Target(memory.floats(layout.length()), slots);
    }

    @Override
    public float[] next(SyncRound round, float[] common, float[] mean) {
      gradient.values().write(0, mean, 0, mean.length);
      target.parameters().write(0, common, 0, common.length);
      double norm = clipping.norm(gradient);
      if (!Double.isFinite(norm)) {
        throw new NonFiniteException(
            String.format(
                Locale.ROOT,
                "mean of the gradients: norm %s; %s",
                norm,
                NonFinite.gradient(layout, gradient.values(), passes)));
      }
      taken++;
      clipped = step.take(target, gradient, norm, round.learningRate(), taken);
      target.parameters().read(0, mean, 0, mean.length);
      return mean;
    }

    @Override
    public boolean clipped() {
      return clipped;
    }

    @Override
    public List<float[]> state() {
      return target.slots().stream().map(NativeBuffer::toArray).toList();
    }

    @Override
    public void restore(List<float[]> state, long steps) {
      taken = steps;
      for (int i = 0; i < state.size(); i++) {
        target.slots().get(i).write(0, state.get(i), 0, layout.length());
      }
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
