package org.rondo.models.heads.ctc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The most probable label of the paths through the softmax of each step, of which a beam of
 * prefixes is kept. A prefix has the probability of all paths so far that stand for it; those that
 * end in a blank are added up apart, since only behind a blank its last symbol may come again. With
 * a beam as wide as there are prefixes the search is exact.
 *
 * <p>Where a {@link SymbolModel} helps, labels are compared by {@code log p(label | steps) + w log
 * q(label) + c length}: q is the model's probability, the end of the label included, w its weight,
 * and c a bonus for each symbol, since q falls with every one. A prefix is compared without an end.
 *
 * <p>Sums are of logarithms and in double. Of equally good prefixes that which was met first goes
 * first: it is bit-identical everywhere.
 *
 * @see <a href="https://proceedings.mlr.press/v32/graves14.html">Graves and Jaitly 2014</a>
 * @see <a href="https://arxiv.org/abs/1408.2873">Hannun et al. 2014</a>
 */
public final class PrefixBeamSearch {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private final int classes;
  private final int blank;
  private final int width;
  private final double[] logs;
  private final double weight;
  private final double bonus;
  private List<Prefix> beam;

  /** A prefix, as its last symbol behind another one. */
  private static final class Prefix {
    private final Prefix before;
    private final int symbol;
    private final int length;

    /** By the symbol that they have more; null before there is one. */
    private Prefix[] longer;

    /** What speaks for it beside the steps: of a model, and of its length. */
    private final double prior;

    /** What comes behind it, of a prefix that was gone on from; null where no model helps. */
    private SymbolModel next;

    /** Log probabilities of the paths that end in a blank, and in its symbol. */
    private double blankLog = NEVER;

    private double symbolLog = NEVER;

    /** The same after the step in work. */
    private double nextBlankLog = NEVER;

    private double nextSymbolLog = NEVER;

    Prefix(Prefix before, int symbol, int length, double prior) {
      this.before = before;
      this.symbol = symbol;
      this.length = length;
      this.prior = prior;
    }

    double log() {
      return CtcAlignments.logSum(blankLog, symbolLog, NEVER);
    }

    double score() {
      return log() + prior;
    }

    boolean isMet() {
      return nextBlankLog != NEVER || nextSymbolLog != NEVER;
    }

    void take() {
      blankLog = nextBlankLog;
      symbolLog = nextSymbolLog;
      nextBlankLog = NEVER;
      nextSymbolLog = NEVER;
    }
  }

  /**
   * By the steps alone.
   *
   * @param classes K, of which the last is the blank
   * @param width prefixes that are kept, at least 1
   */
  public PrefixBeamSearch(int classes, int width) {
    this(classes, width, null, 0, 0);
  }

  /**
   * With the help of a model.
   *
   * @param classes K, of which the last is the blank
   * @param width prefixes that are kept, at least 1
   * @param model before the first symbol
   * @param weight w of its logarithms, at least 0
   * @param bonus c, for each symbol
   */
  public PrefixBeamSearch(int classes, int width, SymbolModel model, double weight, double bonus) {
    this.classes = classes;
    this.blank = classes - 1;
    this.width = width;
    this.logs = new double[classes];
    this.weight = weight;
    this.bonus = bonus;
    var empty = new Prefix(null, blank, 0, 0);
    empty.next = model;
    empty.blankLog = 0;
    this.beam = List.of(empty);
  }

  /**
   * Goes on by one step.
   *
   * @param logits {@code (K)}, whose softmax is taken
   */
  public void step(double[] logits) {
    normalize(logits);
    var met = new ArrayList<Prefix>();
    for (Prefix prefix : beam) {
      double all = prefix.log();
      add(prefix, all + logs[blank], NEVER, met);
      for (int k = 0; k < blank; k++) {
        if (k == prefix.symbol) {
          // Behind itself a symbol goes on; only behind a blank it comes again.
          add(prefix, NEVER, prefix.symbolLog + logs[k], met);
          add(longer(prefix, k), NEVER, prefix.blankLog + logs[k], met);
        } else {
          add(longer(prefix, k), NEVER, all + logs[k], met);
        }
      }
    }
    keepBest(met);
  }

  private void normalize(double[] logits) {
    double sum = NEVER;
    for (int k = 0; k < classes; k++) {
      sum = CtcAlignments.logSum(sum, logits[k], NEVER);
    }
    for (int k = 0; k < classes; k++) {
      logs[k] = logits[k] - sum;
    }
  }

  private Prefix longer(Prefix prefix, int k) {
    if (prefix.longer == null) {
      prefix.longer = new Prefix[blank];
    }
    if (prefix.longer[k] == null) {
      SymbolModel next = next(prefix);
      double prior = next == null ? 0 : prefix.prior + weighted(next.log(k)) + bonus;
      prefix.longer[k] = new Prefix(prefix, k, prefix.length + 1, prior);
    }
    return prefix.longer[k];
  }

  /** Asked for only where it is needed: it may be a step of a network. */
  private static SymbolModel next(Prefix prefix) {
    if (prefix.next == null && prefix.before != null && prefix.before.next != null) {
      prefix.next = prefix.before.next.after(prefix.symbol);
    }
    return prefix.next;
  }

  /** A weight of 0 takes what is impossible as well. */
  private double weighted(double log) {
    return weight == 0 ? 0 : weight * log;
  }

  private static void add(Prefix prefix, double blankLog, double symbolLog, List<Prefix> met) {
    if (blankLog == NEVER && symbolLog == NEVER) {
      return;
    }
    if (!prefix.isMet()) {
      met.add(prefix);
    }
    prefix.nextBlankLog = CtcAlignments.logSum(prefix.nextBlankLog, blankLog, NEVER);
    prefix.nextSymbolLog = CtcAlignments.logSum(prefix.nextSymbolLog, symbolLog, NEVER);
  }

  private void keepBest(List<Prefix> met) {
    met.forEach(Prefix::take);
    met.sort(Comparator.comparingDouble(Prefix::score).reversed()); // stable
    List<Prefix> kept = new ArrayList<>(met.subList(0, Math.min(width, met.size())));
    for (Prefix lost : met.subList(kept.size(), met.size())) {
      lost.blankLog = NEVER;
      lost.symbolLog = NEVER;
    }
    beam = Collections.unmodifiableList(kept);
  }

  /** The best label. */
  public int[] best() {
    Prefix prefix = bestPrefix();
    var label = new int[prefix.length];
    while (prefix.length > 0) {
      label[prefix.length - 1] = prefix.symbol;
      prefix = prefix.before;
    }
    return label;
  }

  private Prefix bestPrefix() {
    Prefix best = beam.get(0);
    for (Prefix prefix : beam) {
      best = ended(prefix) > ended(best) ? prefix : best;
    }
    return best;
  }

  /** Its score as a whole label. */
  private double ended(Prefix prefix) {
    SymbolModel next = next(prefix);
    return next == null ? prefix.score() : prefix.score() + weighted(next.endLog());
  }

  /** Log probability of {@link #best} by the steps, of those paths that were kept. */
  double logProbability() {
    return bestPrefix().log();
  }
}
