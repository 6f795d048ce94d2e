package org.rondo.tasks.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Example;
import org.rondo.tasks.stream.KeyEvents;
import org.rondo.tasks.stream.StepScorer;

/** Measures how far off a network is on pieces of series, step by step. For one thread. */
public final class ErrorMeasure implements AutoCloseable {
  private final AnomalyFeatures features;
  private final StepScorer scorer;

  /**
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   */
  public ErrorMeasure(
      AnomalyFeatures features,
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision) {
    this.features = features;
    scorer = new StepScorer(spec, parameters, kernels, precision, 1);
  }

  /**
   * Absolute scaled errors {@code (n,C)} of the n steps of the piece that are to be judged.
   *
   * @throws org.rondo.tasks.BadExampleException if the piece cannot be used
   */
  public double[][] errors(Example piece) {
    Sequence sequence = features.encode(piece);
    var key = new KeyEvents<>(scorer.states().start(), List.of(sequence));
    Predictions predicted = scorer.score(List.of(key)).get(0).get(0);
    Expectation expectation = features.expectation();
    int width = features.channels().size();
    int outputs = expectation.outputs(width);
    var errors = new ArrayList<double[]>();
    var own = new float[outputs];
    for (int t = 0; t < sequence.length(); t++) {
      if (sequence.targets()[t] >= 0) {
        for (int i = 0; i < outputs; i++) {
          own[i] = predicted.score(t, i);
        }
        errors.add(expectation.errors(sequence.valueTargets(), t * outputs, own, 0, width));
      }
    }
    return errors.toArray(double[][]::new);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
