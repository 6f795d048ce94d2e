package org.rondo.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/**
 * Predicts rows with what a checkpoint holds, in a plain JVM. The prediction of a row is
 * bit-identical whatever the rows beside it are, alone too. For one thread.
 */
public final class Predictor implements AutoCloseable {
  /** Rows that are predicted at once by default, at most. */
  public static final int BATCH = 32;

  /**
   * What {@link #withProbabilities} adds to the values of a row: {@code double[]}, the probability
   * of each predicted class by itself, of the whole or of each step.
   */
  public static final String PROBABILITIES = "probabilities of classes";

  /** What {@link #withTargets} adds: {@code double[]}, the scores of a row's last prediction; */
  public static final String SCORES = "scores";

  /** ... and its target, as metrics read them. */
  public static final String TARGETS = "targets";

  private static final int[] NO_CLASSES = {};

  private final Features features;
  private final Decoder decoder;
  private final NetworkSpec spec;
  private final boolean scoresClasses;
  private final PredictionNetworks networks;
  private boolean tellsProbabilities;
  private boolean tellsTargets;

  /** As below, of {@link #BATCH} rows at once. */
  public Predictor(
      Features features,
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision) {
    this(features, spec, parameters, kernels, precision, BATCH);
  }

  /**
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   * @param batch rows that are predicted at once, at most: 1 for rows that come one by one. It
   *     decides the shape of the products and so the bits
   * @throws IngestException if the network takes or predicts other things than the features make
   * @throws IllegalArgumentException if the network has another number of parameters
   */
  public Predictor(
      Features features,
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision,
      int batch) {
    SequenceShape taken = SequenceShape.of(spec);
    if (!taken.equals(features.shape())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "prediction: the features make %s, the network takes %s",
              features.shape(),
              taken));
    }
    if (parameters.length != Network.layout(spec).length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "prediction: %d parameters for a network of %d",
              parameters.length,
              Network.layout(spec).length()));
    }
    this.features = features;
    this.spec = features.searching(spec);
    scoresClasses = this.spec.head().head().scoresClasses();
    decoder = features.decoder(kernels);
    networks = new PredictionNetworks(this.spec, parameters, kernels, precision, batch);
  }

  /** This predictor, which tells {@link #PROBABILITIES} from now on, of a network of classes. */
  public Predictor withProbabilities() {
    tellsProbabilities = true;
    return this;
  }

  /** This predictor, which tells {@link #SCORES} and {@link #TARGETS} from now on. */
  public Predictor withTargets() {
    tellsTargets = true;
    return this;
  }

  /**
   * The values of the decoder's columns for one row, by role.
   *
   * @throws BadExampleException if the row cannot be used
   */
  public Map<String, Object> predict(Example row) {
    RowPrediction prediction = predict(List.of(row)).get(0);
    if (!prediction.isPredicted()) {
      throw new BadExampleException(prediction.problem());
    }
    return prediction.values();
  }

  /** Predicts many rows at once, which is faster; in their order. */
  public List<RowPrediction> predict(List<Example> rows) {
    var predictions = new RowPrediction[rows.size()];
    var sequences = new Sequence[rows.size()];
    var bySteps = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < predictions.length; i++) {
      try {
        sequences[i] = encoded(rows.get(i), features);
        int steps = PredictionNetworks.steps(sequences[i].length());
        bySteps.computeIfAbsent(steps, s -> new ArrayList<>()).add(i);
      } catch (BadExampleException e) {
        predictions[i] = new RowPrediction(Map.of(), e.getMessage());
      }
    }
    bySteps.forEach((steps, of) -> predict(networks.of(steps), of, sequences, rows, predictions));
    return Arrays.asList(predictions);
  }

  /**
   * A row as a sequence that something can be predicted of.
   *
   * @throws BadExampleException if the row cannot be used, or makes a sequence without steps
   */
  public static Sequence encoded(Example row, Features features) {
    Sequence sequence = features.encode(row);
    if (sequence.length() == 0) {
      throw new BadExampleException(row.place() + ": it is empty, so there is nothing to predict");
    }
    return sequence;
  }

  private void predict(
      Network network,
      List<Integer> of,
      Sequence[] sequences,
      List<Example> rows,
      RowPrediction[] predictions) {
    int batch = network.batch();
    var minibatch = Minibatch.forNetwork(spec, network.steps(), batch);
    var scores = new float[network.predictions() * spec.scores()];
    var classes = spec.targetValues() > 0 ? NO_CLASSES : new int[network.predictions()];
    for (int first = 0; first < of.size(); first += batch) {
      List<Integer> members = of.subList(first, Math.min(of.size(), first + batch));
      minibatch.clear();
      for (int b = 0; b < members.size(); b++) {
        sequences[members.get(b)].fill(minibatch, b, 0);
      }
      // What a row's targets are, and whether it has any, is to change nothing.
      Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
      Arrays.fill(minibatch.labelLengths(), 0);
      network.evaluate(minibatch, network.newState(), new double[batch], scores, classes);
      float[] singly = scores;
      if (tellsProbabilities) {
        singly = scores.clone();
        network.marginals(singly);
      }
      for (int b = 0; b < members.size(); b++) {
        int row = members.get(b);
        Predictions made = predictions(network, b, sequences[row].length(), scores, classes);
        Map<String, Object> values = decoder.decode(rows.get(row), made);
        if (tellsProbabilities) {
          Predictions each = predictions(network, b, sequences[row].length(), singly, classes);
          values = new HashMap<>(values);
          values.put(PROBABILITIES, probabilities(each));
        }
        if (tellsTargets) {
          values = new HashMap<>(values);
          values.put(SCORES, last(made.scores()));
          values.put(TARGETS, last(sequences[row].valueTargets()));
        }
        predictions[row] = new RowPrediction(values, null);
      }
    }
  }

  /** Of one prediction. */
  private double[] last(float[] values) {
    return IntStream.range(values.length - spec.head().outputs(), values.length)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double[] probabilities(Predictions each) {
    return IntStream.range(0, each.count())
        .mapToDouble(n -> StrictMath.exp(each.logProbabilities(n)[each.classes()[n]]))
        .toArray();
  }

  /** Those of row b of a minibatch, in the order of its steps or labels. */
  private Predictions predictions(
      Network network, int b, int length, float[] scores, int[] classes) {
    if (!scoresClasses) {
      return searched(network, b, classes);
    }
    int outputs = spec.head().outputs();
    int batch = network.batch();
    int count = network.predictions() == batch ? 1 : length;
    var own = new float[count * outputs];
    var ownClasses = new int[classes.length == 0 ? 0 : count];
    for (int t = 0; t < count; t++) {
      System.arraycopy(scores, (t * batch + b) * outputs, own, t * outputs, outputs);
      if (classes.length > 0) {
        ownClasses[t] = classes[t * batch + b];
      }
    }
    return Predictions.withoutTargets(ownClasses, outputs, own);
  }

  private static Predictions searched(Network network, int b, int[] classes) {
    int batch = network.batch();
    int count = 0;
    while (count < classes.length / batch && classes[count * batch + b] >= 0) {
      count++;
    }
    var own = new int[count];
    for (int u = 0; u < count; u++) {
      own[u] = classes[u * batch + b];
    }
    return Predictions.searched(own, network.hypotheses(b));
  }

  @Override
  public void close() {
    decoder.close();
    networks.close();
  }
}
