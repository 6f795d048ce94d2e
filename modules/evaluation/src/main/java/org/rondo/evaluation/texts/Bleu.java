package org.rondo.evaluation.texts;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus, as sacreBLEU defines it: the geometric mean of the precisions of 1 to 4 words
 * in a row, times {@code exp(1 - r/c)} where the c words of all translations are fewer than the r
 * of all references. Words are those of {@link BleuWords}, with capitals. Where no n words in a row
 * are right, the k-th such n counts as {@code 1/2^k} of one (smoothing {@code exp}).
 *
 * <p>Details: {@code precision-1} to {@code precision-4}, {@code brevity-penalty}, {@code words},
 * {@code reference-words}.
 *
 * @see <a href="https://aclanthology.org/P02-1040">Papineni et al. 2002</a>
 * @see <a href="https://aclanthology.org/W18-6319">Post 2018</a>
 */
public record Bleu() implements TextScore {
  private static final int ORDER = 4;
  private static final int WORDS = 0;
  private static final int REFERENCE_WORDS = 1;

  /** Where the counts of right n words in a row begin, n = 1 first. */
  private static final int RIGHT = 2;

  /** Where the counts of all n words in a row begin. */
  private static final int ALL = RIGHT + ORDER;

  private static final int TEXTS = ALL + ORDER;

  @Override
  public String name() {
    return "bleu";
  }

  @Override
  public String signature() {
    return "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0";
  }

  @Override
  public int sums() {
    return TEXTS + 1;
  }

  @Override
  public void add(String predicted, String reference, double[] sums) {
    List<String> words = BleuWords.of(predicted);
    List<String> right = BleuWords.of(reference);
    sums[WORDS] += words.size();
    sums[REFERENCE_WORDS] += right.size();
    sums[TEXTS]++;
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> expected = counts(right, n);
      sums[ALL + n - 1] += Math.max(0, words.size() - n + 1);
      for (Map.Entry<List<String>, Integer> each : counts(words, n).entrySet()) {
        sums[RIGHT + n - 1] += Math.min(each.getValue(), expected.getOrDefault(each.getKey(), 0));
      }
    }
  }

  private static Map<List<String>, Integer> counts(List<String> words, int n) {
    var counts = new HashMap<List<String>, Integer>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  @Override
  public double value(double[] sums) {
    if (sums[TEXTS] == 0) {
      return Double.NaN;
    }
    double logs = 0;
    for (double precision : precisions(sums)) {
      if (precision == 0) {
        return 0;
      }
      logs += StrictMath.log(precision);
    }
    return brevityPenalty(sums) * StrictMath.exp(logs / ORDER);
  }

  /**
   * In percent; 0 from the first n on of which there are no n words in a row, and where no word is
   * right.
   */
  private static double[] precisions(double[] sums) {
    var precisions = new double[ORDER];
    double smoothing = 1;
    for (int n = 0; n < ORDER && sums[RIGHT] > 0 && sums[ALL + n] > 0; n++) {
      if (sums[RIGHT + n] == 0) {
        smoothing *= 2;
      }
      double right = sums[RIGHT + n] == 0 ? 1 / smoothing : sums[RIGHT + n];
      precisions[n] = 100 * right / sums[ALL + n];
    }
    return precisions;
  }

  private static double brevityPenalty(double[] sums) {
    return sums[WORDS] >= sums[REFERENCE_WORDS]
        ? 1
        : StrictMath.exp(1 - sums[REFERENCE_WORDS] / sums[WORDS]);
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    var details = new LinkedHashMap<String, Double>();
    double[] precisions = precisions(sums);
    for (int n = 0; n < ORDER; n++) {
      details.put("precision-" + (n + 1), precisions[n]);
    }
    details.put("brevity-penalty", brevityPenalty(sums));
    details.put("words", sums[WORDS]);
    details.put("reference-words", sums[REFERENCE_WORDS]);
    return details;
  }
}
