package org.rondo.evaluation.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * F1 of chunks, such as names, that tags of the schemes IOB1, IOB2 and IOBES mark: a chunk is right
 * if its first token, its last one and its type are. By the definition of the CoNLL-2000 scorer,
 * conlleval, where neighbouring tags decide what a chunk is, so that broken sequences count too,
 * such as one that begins with I: see {@link ChunkTags}.
 *
 * <p>Details: {@code precision}, {@code recall}, {@code token-accuracy}, and {@code f1 TYPE} with
 * {@code precision TYPE} and {@code recall TYPE} where there are several types. Where there are no
 * chunks to be found, or none is predicted, figures are 0, as conlleval gives them.
 *
 * @see <a href="https://aclanthology.org/W00-0726">Tjong Kim Sang and Buchholz 2000</a>
 */
public final class ChunkF1 implements Metric {
  private static final long serialVersionUID = 1L;
  private static final int TOKENS = 0;
  private static final int RIGHT_TOKENS = 1;

  /** Where the counts of chunks begin: of each type, (targets, predicted, right). */
  private static final int CHUNKS = 2;

  private static final int KINDS = 3;

  private final ChunkTags tags;

  /**
   * @param tags of the classes
   */
  public ChunkF1(List<String> tags) {
    this.tags = new ChunkTags(tags);
  }

  @Override
  public String name() {
    return "chunk-f1";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return CHUNKS + KINDS * tags.types().size();
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    int[] targets = predictions.targets();
    int[] predicted = predictions.classes().clone();
    for (int n = 0; n < targets.length; n++) {
      if (predictions.hasTarget(n)) {
        sums[TOKENS]++;
        sums[RIGHT_TOKENS] += predicted[n] == targets[n] ? 1 : 0;
      } else {
        predicted[n] = ChunkTags.OUTSIDE;
      }
    }
    int targetStart = -1;
    int predictedStart = -1;
    for (int n = 0; n <= targets.length; n++) {
      boolean targetEnds = targetStart >= 0 && !tags.continues(targets, n);
      boolean predictedEnds = predictedStart >= 0 && !tags.continues(predicted, n);
      if (targetEnds) {
        sums[at(targets[n - 1], 0)]++;
      }
      if (predictedEnds) {
        sums[at(predicted[n - 1], 1)]++;
      }
      if (targetEnds
          && predictedEnds
          && targetStart == predictedStart
          && tags.type(targets[n - 1]) == tags.type(predicted[n - 1])) {
        sums[at(targets[n - 1], 2)]++;
      }
      targetStart = start(targets, n, targetEnds ? -1 : targetStart);
      predictedStart = start(predicted, n, predictedEnds ? -1 : predictedStart);
    }
  }

  /** Where the chunk of token n begins, -1 where it is in none. */
  private int start(int[] sequence, int n, int open) {
    return open < 0 && n < sequence.length && tags.type(sequence[n]) >= 0 ? n : open;
  }

  private int at(int tag, int kind) {
    return CHUNKS + KINDS * tags.type(tag) + kind;
  }

  @Override
  public double value(double[] sums) {
    return sums[TOKENS] == 0 ? Double.NaN : new Counts(total(sums)).f1();
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    var details = new LinkedHashMap<String, Double>();
    var all = new Counts(total(sums));
    details.put("precision", all.precision());
    details.put("recall", all.recall());
    details.put("token-accuracy", sums[RIGHT_TOKENS] / sums[TOKENS]);
    for (int type = 0; type < tags.types().size() && tags.types().size() > 1; type++) {
      var counts = new Counts(slice(sums, type));
      String name = tags.types().get(type);
      details.put("f1 " + name, counts.f1());
      details.put("precision " + name, counts.precision());
      details.put("recall " + name, counts.recall());
    }
    return details;
  }

  private double[] total(double[] sums) {
    var total = new double[KINDS];
    for (int i = CHUNKS; i < sums.length; i++) {
      total[(i - CHUNKS) % KINDS] += sums[i];
    }
    return total;
  }

  private static double[] slice(double[] sums, int type) {
    var slice = new double[KINDS];
    System.arraycopy(sums, CHUNKS + KINDS * type, slice, 0, KINDS);
    return slice;
  }

  /** Chunks that are targets, that are predicted, and that are both. */
  private record Counts(double targets, double predicted, double right) {
    Counts(double[] three) {
      this(three[0], three[1], three[2]);
    }

    double precision() {
      return predicted == 0 ? 0 : right / predicted;
    }

    double recall() {
      return targets == 0 ? 0 : right / targets;
    }

    double f1() {
      return right == 0 ? 0 : 2 * right / (targets + predicted);
    }
  }
}
