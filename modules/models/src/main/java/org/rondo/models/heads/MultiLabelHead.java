package org.rondo.models.heads;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Any of O labels for every sequence, such as the topics of a text: the steps are pooled to one
 * vector, each label has a score y, and {@code sigmoid(y)} is its probability, whatever the others
 * are. The loss is the mean over labels of the binary cross entropy ({@link ValuesObjective}).
 *
 * <p>The target, O values 0 or 1, is the sequence's one label. What a network gives as logits are
 * the scores: a label above 0 is more likely than not.
 *
 * <p>Option {@code pooling} as the {@link ClassifierHead} has it.
 */
@AutoService(Head.class)
public final class MultiLabelHead implements Head {
  @Override
  public String type() {
    return "multi-label";
  }

  @Override
  public Set<String> options() {
    return Set.of(Pooling.OPTION);
  }

  @Override
  public boolean predictsValues() {
    return true;
  }

  @Override
  public int labels(HeadSpec spec, int steps) {
    return 1;
  }

  @Override
  public boolean takesWeights() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(Pooling.chosen(spec), inputs));
    all.addAll(ValuesObjective.parameters(inputs, spec.outputs()));
    return all;
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    Pooling pooling = Pooling.named(Pooling.chosen(spec), workspace, input);
    int labels = spec.outputs();
    var objective =
        new ValuesObjective(
            workspace, pooling.output(), labels, 0, List.of(StandardLoss.CROSS_ENTROPY));
    return new Checked(new PooledObjective(workspace, pooling, objective), labels);
  }

  /** Refuses targets other than 0 and 1. */
  private record Checked(Objective objective, int labels) implements Objective {
    @Override
    public double lossAndGradient(Minibatch minibatch) {
      check(minibatch);
      return objective.lossAndGradient(minibatch);
    }

    @Override
    public void loss(Minibatch minibatch, double[] sums) {
      check(minibatch);
      objective.loss(minibatch, sums);
    }

    private void check(Minibatch minibatch) {
      for (int row = 0; row < minibatch.targets().length; row++) {
        for (int j = 0; j < labels && minibatch.targets()[row] >= 0; j++) {
          float target = minibatch.valueTargets()[row * labels + j];
          if (target != 0 && target != 1) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "head multi-label: label %d of sequence %d has the target %s, it must be 0 or 1",
                    j,
                    row % minibatch.batch(),
                    target));
          }
        }
      }
    }

    @Override
    public int predictions() {
      return objective.predictions();
    }

    @Override
    public void logits(float[] logits) {
      objective.logits(logits);
    }
  }
}
