package org.rondo.models.heads.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.HeadSpec;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;

/** A search against all labels that there are. */
class BeamSearchTest {
  private static final int CLASSES = 3;
  private static final int END = CLASSES - 1;
  private static final int INPUTS = 4;
  private static final int LONGEST = 4;

  private static DecoderBench bench(Map<String, String> more) {
    var options = new HashMap<>(more);
    options.put("labels_per_step", "0");
    options.put("more_labels", "" + LONGEST);
    HeadSpec spec = DecoderBench.spec(CLASSES, options);
    return new DecoderBench(spec, INPUTS, 3, 3).set(0, 3).set(1, 0).set(2, 2);
  }

  /** Labels with the end where they have one, and their score. */
  private record Scored(List<Integer> labels, double score) {
    boolean ended() {
      return labels.get(labels.size() - 1) == END;
    }
  }

  /** All labels, best first. */
  private static List<Scored> all(ReferenceDecoder reference, int b, double alpha, double beta) {
    var all = new ArrayList<Scored>();
    var open = new ArrayList<List<Integer>>();
    open.add(List.of());
    while (!open.isEmpty()) {
      List<Integer> labels = open.remove(open.size() - 1);
      for (int next = 0; next < CLASSES; next++) {
        var longer = new ArrayList<>(labels);
        longer.add(next);
        if (next == END || longer.size() == LONGEST) {
          all.add(new Scored(longer, score(reference, b, longer, alpha, beta)));
        } else {
          open.add(longer);
        }
      }
    }
    all.sort(Comparator.comparing(Scored::ended).thenComparing(Scored::score).reversed());
    return all;
  }

  private static double score(
      ReferenceDecoder reference, int b, List<Integer> list, double alpha, double beta) {
    int[] labels = list.stream().mapToInt(x -> x).toArray();
    double score = -reference.loss(b, labels) / Math.pow((5 + labels.length) / 6.0, alpha);
    double[][] attention = reference.attention(b, labels);
    for (int t = 0; t < attention[0].length; t++) {
      double covered = 0;
      for (int u = 0; u < labels.length; u++) {
        covered += attention[u][t];
      }
      score += beta * Math.log(Math.min(covered, 1));
    }
    return score;
  }

  private static List<Integer> withEnd(Hypothesis hypothesis) {
    var labels = new ArrayList<>(Arrays.stream(hypothesis.labels()).boxed().toList());
    if (hypothesis.ended()) {
      labels.add(END);
    }
    return labels;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.6, 0", "3, 0", "1, 0.5"})
  void aWideBeamFindsTheBestOfAllLabels(double alpha, double beta) {
    Map<String, String> options =
        Map.of(
            "beam",
            "100",
            "best",
            "7",
            "length_penalty",
            "" + alpha,
            "coverage_penalty",
            "" + beta);
    try (DecoderBench bench = bench(options)) {
      ReferenceDecoder reference = bench.reference();
      for (int b : new int[] {0, 2}) {
        List<Scored> expected = all(reference, b, alpha, beta).subList(0, 7);
        List<Hypothesis> found = bench.search(b);
        assertThat(found.stream().map(BeamSearchTest::withEnd))
            .isEqualTo(expected.stream().map(Scored::labels).toList());
        for (int i = 0; i < 7; i++) {
          assertThat(found.get(i).score()).isCloseTo(expected.get(i).score, within(1e-5));
          int[] labels = expected.get(i).labels.stream().mapToInt(x -> x).toArray();
          assertThat(found.get(i).logProbability())
              .isCloseTo(-reference.loss(b, labels), within(1e-5));
        }
      }
      assertThat(bench.search(1)).as("of no steps").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBeamOfOneTakesTheBestLabelOfEachStep(boolean tied) {
    try (DecoderBench bench = bench(Map.of("beam", "1", "tied", "" + tied))) {
      ReferenceDecoder reference = bench.reference();
      for (int b : new int[] {0, 2}) {
        var greedy = new ArrayList<Integer>();
        while (greedy.size() < LONGEST && !greedy.contains(END)) {
          int[] labels = greedy.stream().mapToInt(x -> x).toArray();
          double[] next = reference.logProbabilities(b, labels)[labels.length];
          int best = 0;
          for (int c = 1; c < CLASSES; c++) {
            best = next[c] > next[best] ? c : best;
          }
          greedy.add(best);
        }
        assertThat(withEnd(bench.search(b).get(0))).isEqualTo(greedy);
      }
    }
  }

  @Test
  void attentionIsThatOfEachLabel() {
    try (DecoderBench bench = bench(Map.of())) {
      ReferenceDecoder reference = bench.reference();
      Hypothesis best = bench.search(2).get(0);
      int[] labels = withEnd(best).stream().mapToInt(x -> x).toArray();
      double[][] expected = reference.attention(2, labels);
      assertThat(best.attention()).hasDimensions(labels.length, 2);
      for (int u = 0; u < labels.length; u++) {
        for (int t = 0; t < 2; t++) {
          assertThat((double) best.attention()[u][t]).isCloseTo(expected[u][t], within(1e-5));
        }
      }
    }
  }

  @Test
  void labelsAreWrittenWithTheirEnd() {
    try (DecoderBench bench = bench(Map.of("beam", "100"))) {
      var written = new int[bench.objective.predictions()];
      bench.objective.decode(CLASSES, written);
      for (int b = 0; b < 3; b++) {
        List<Integer> expected =
            bench.objective.hypotheses(b).isEmpty()
                ? List.of()
                : withEnd(bench.objective.hypotheses(b).get(0));
        for (int u = 0; u < LONGEST; u++) {
          int label = u < expected.size() ? expected.get(u) : Minibatch.NO_TARGET;
          assertThat(written[u * 3 + b]).as("label %d of %d", u, b).isEqualTo(label);
        }
      }
    }
  }

  @Test
  void scoresFollowTheFormulas() {
    var plan = new SearchPlan(5, 1, 2, 0.5);
    assertThat(plan.score(-8, 7)).as("-8 / 2^2").isEqualTo(-2);
    assertThat(new SearchPlan(5, 1, 0, 0).score(-8, 7)).isEqualTo(-8);
    float[][] attention = {{0.5f, 0.25f, 0.25f}, {0.75f, 0, 0.25f}};
    double expected = 0.5 * (Math.log(0.25) + Math.log(0.5));
    assertThat(plan.coverage(attention)).isCloseTo(expected, within(1e-12));
  }
}
