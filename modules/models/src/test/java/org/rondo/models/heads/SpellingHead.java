package org.rondo.models.heads;

import com.google.auto.service.AutoService;
import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Up to U labels of each sequence, whatever its steps: label u is a class by the softmax of {@code
 * h W + p_u}, where h is the sequence's last output. A head for tests, in plain loops.
 */
@AutoService(Head.class)
public final class SpellingHead implements Head {
  /** U. */
  public static final int LABELS = 3;

  @Override
  public String type() {
    return "spelling";
  }

  @Override
  public int labels(HeadSpec spec, int steps) {
    return LABELS;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    int classes = spec.outputs();
    return List.of(
        new ParameterSpec("spell", List.of(inputs, classes), Initializer.glorot(inputs, classes)),
        new ParameterSpec("place", List.of(LABELS, classes), Initializer.zeros()));
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new Spelling(workspace, input, spec.outputs());
  }

  private record Spelling(Workspace workspace, Signal input, int classes) implements Objective {
    private NativeBuffer weight() {
      return workspace.parameter("spell");
    }

    /** Where the last output of a sequence begins. */
    private int last(int b) {
      return ((workspace.lengths()[b] - 1) * workspace.batch() + b) * input.width();
    }

    private double[] scores(int u, int b) {
      var scores = new double[classes];
      for (int c = 0; c < classes && workspace.lengths()[b] > 0; c++) {
        scores[c] = workspace.parameter("place").get(u * classes + c);
        for (int h = 0; h < input.width(); h++) {
          scores[c] += (double) input.values().get(last(b) + h) * weight().get(h * classes + c);
        }
      }
      return scores;
    }

    private double[] probabilities(int u, int b) {
      double[] scores = scores(u, b);
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        scores[c] = Math.exp(scores[c]);
        sum += scores[c];
      }
      for (int c = 0; c < classes; c++) {
        scores[c] /= sum;
      }
      return scores;
    }

    @Override
    public double lossAndGradient(Minibatch minibatch) {
      input.gradient().clear(0, input.gradient().length());
      for (String name : List.of("spell", "place")) {
        workspace.gradient(name).clear(0, workspace.gradient(name).length());
      }
      var sums = new double[workspace.batch()];
      loss(minibatch, sums);
      double all = 0;
      for (int b = 0; b < sums.length; b++) {
        all += sums[b];
        for (int u = 0; u < minibatch.labelLengths()[b]; u++) {
          addGradient(minibatch, u, b);
        }
      }
      return all;
    }

    private void addGradient(Minibatch minibatch, int u, int b) {
      double[] slopes = probabilities(u, b);
      slopes[minibatch.targets()[u * workspace.batch() + b]] -= 1;
      for (int c = 0; c < classes; c++) {
        float d = (float) (slopes[c] / minibatch.targetCount());
        add(workspace.gradient("place"), u * classes + c, d);
        for (int h = 0; h < input.width(); h++) {
          int at = h * classes + c;
          add(workspace.gradient("spell"), at, d * input.values().get(last(b) + h));
          add(input.gradient(), last(b) + h, d * weight().get(at));
        }
      }
    }

    private static void add(NativeBuffer to, int at, float value) {
      to.set(at, to.get(at) + value);
    }

    @Override
    public void loss(Minibatch minibatch, double[] sums) {
      for (int b = 0; b < sums.length; b++) {
        for (int u = 0; u < minibatch.labelLengths()[b]; u++) {
          sums[b] -= Math.log(probabilities(u, b)[minibatch.targets()[u * workspace.batch() + b]]);
        }
      }
    }

    @Override
    public int predictions() {
      return LABELS * workspace.batch();
    }

    @Override
    public void logits(float[] logits) {
      for (int row = 0; row < predictions(); row++) {
        double[] scores = scores(row / workspace.batch(), row % workspace.batch());
        for (int c = 0; c < classes; c++) {
          logits[row * classes + c] = (float) scores[c];
        }
      }
    }
  }
}
