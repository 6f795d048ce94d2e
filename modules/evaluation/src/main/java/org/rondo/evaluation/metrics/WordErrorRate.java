package org.rondo.evaluation.metrics;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Words that are to be replaced, inserted or taken away to make the right transcripts of those
 * predicted, per word of the right ones. Above 1 where more is predicted than there is.
 *
 * @param space the class that stands between words; -1 where all of a transcript is one word
 */
public record WordErrorRate(int space) implements Metric {
  @Override
  public String name() {
    return "word-error-rate";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return 2;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    List<List<Integer>> right = words(EditDistance.targets(predictions));
    sums[0] += EditDistance.between(words(EditDistance.predicted(predictions)), right);
    sums[1] += right.size();
  }

  private List<List<Integer>> words(List<Integer> symbols) {
    var words = new ArrayList<List<Integer>>();
    List<Integer> word = new ArrayList<>();
    for (int symbol : symbols) {
      if (symbol != space) {
        word.add(symbol);
      } else if (!word.isEmpty()) {
        words.add(word);
        word = new ArrayList<>();
      }
    }
    if (!word.isEmpty()) {
      words.add(word);
    }
    return words;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
