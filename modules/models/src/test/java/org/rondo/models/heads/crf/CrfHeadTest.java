package org.rondo.models.heads.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.Options;
import org.rondo.models.Samples;
import org.rondo.testkit.Seeds;

class CrfHeadTest {
  /** Float32 sums of some dozen terms near 1. */
  private static final double TOLERANCE = 2e-6;

  @ParameterizedTest(name = "{0} tags, {1} steps, without every {2}th target")
  @CsvSource({"1,3,9", "2,1,9", "2,5,99", "3,5,99", "4,5,99", "4,5,2", "3,4,3", "2,5,5"})
  void lossAndGradientsAreThoseOfAllPathsOneByOne(int tags, int steps, int nth) {
    try (var bench = new CrfBench(tags, steps, 4)) {
      bench.random(2f).setLengths(steps, Math.max(1, steps - 2), 0, 1).withoutEvery(nth);
      ReferenceCrf reference = bench.reference();
      double[] emissions = bench.emissions();
      var gradient = new double[emissions.length];
      double[] expected = reference.losses(emissions, bench.minibatch, gradient);

      assertThat(bench.losses()).containsExactly(expected, within(TOLERANCE * steps));
      assertThat(bench.lossAndGradient())
          .isCloseTo(Arrays.stream(expected).sum(), within(4 * TOLERANCE * steps));
      assertAgree(bench.input.gradient().toArray(), gradient);
      assertAgree(bench.gradient("transitions"), reference.transitionGradient);
      assertAgree(bench.gradient("start"), reference.startGradient);
      assertAgree(bench.gradient("end"), reference.endGradient);
      var biasGradient = new double[tags];
      for (int i = 0; i < gradient.length; i++) {
        biasGradient[i % tags] += gradient[i];
      }
      assertAgree(bench.gradient("bias"), biasGradient);
    }
  }

  private static void assertAgree(float[] actual, double[] expected) {
    assertThat(Samples.doubles(actual)).containsExactly(expected, within(TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,5", "3,5", "4,5"})
  void theBestPathIsTheBestOfAllPaths(int tags, int steps) {
    try (var bench = new CrfBench(tags, steps, 3)) {
      bench.random(1f).setLengths(steps, 1, steps - 1);
      assertDecodes(bench);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,5", "3,5", "4,5"})
  void marginalsAreSumsOverAllPaths(int tags, int steps) {
    try (var bench = new CrfBench(tags, steps, 4)) {
      bench.random(2f).setLengths(steps, 1, 0, steps - 1);
      float[] logs = bench.marginals();
      for (int b = 0; b < 4; b++) {
        double[] expected = bench.reference().marginals(bench.emissions(), bench.minibatch, b);
        for (int i = 0; i < expected.length; i++) {
          float log = logs[(i / tags * 4 + b) * tags + i % tags];
          assertThat(Math.exp(log)).as("%d of %d", i, b).isCloseTo(expected[i], within(TOLERANCE));
        }
      }
    }
  }

  /** Scores of whole numbers up to 1, so that many paths have the same. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void ofEqualPathsTheOneOfLowestTagsIsTaken(int tags) {
    try (var bench = new CrfBench(tags, 5, 20)) {
      bench.random(1f);
      for (int i = 0; i < bench.input.values().length(); i++) {
        bench.input.values().set(i, Math.round(bench.input.values().get(i)));
      }
      for (String name : new String[] {"bias", "transitions", "start", "end"}) {
        for (int i = 0; i < bench.workspace.parameter(name).length(); i++) {
          float value = bench.workspace.parameter(name).get(i);
          bench.workspace.parameter(name).set(i, Math.round(value));
        }
      }
      assertDecodes(bench);
      bench.input.values().clear(0, bench.input.values().length());
      bench
          .workspace
          .parameters()
          .values()
          .clear(0, bench.workspace.parameters().values().length());
      assertThat(bench.decode()).containsOnly(0);
    }
  }

  private static void assertDecodes(CrfBench bench) {
    int[] path = bench.decode();
    int batch = bench.minibatch.batch();
    for (int b = 0; b < batch; b++) {
      int[] expected = bench.reference().best(bench.emissions(), bench.minibatch, b);
      for (int t = 0; t < expected.length; t++) {
        assertThat(path[t * batch + b]).as("step %d of sequence %d", t, b).isEqualTo(expected[t]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 3})
  void neitherNeighboursNorPaddingChangeABitOfASequence(int nth) {
    try (var padded = new CrfBench(5, 9, 3);
        var alone = new CrfBench(5, 4, 1)) {
      padded.random(3f).setLengths(9, 4, 0).withoutEvery(nth);
      alone.random(3f);
      for (int t = 0; t < 4; t++) {
        alone.minibatch.targets()[t] = padded.minibatch.targets()[t * 3 + 1];
        alone.input.values().copy(t * 5, padded.input.values(), (t * 3 + 1) * 5, 5);
      }
      assertThat(padded.losses()[1]).isEqualTo(alone.losses()[0]).isPositive();
      assertThat(padded.losses()[2]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9, 16, 37})
  void vectorAndPlainKernelsGiveTheSameBits(int tags) {
    Kernels plain = Kernels.choose("java", "java");
    Kernels vector = Kernels.choose("java", Kernels.AUTO);
    try (var one = new CrfBench(tags, 8, 3, plain, "start-1, 0-2");
        var other = new CrfBench(tags, 8, 3, vector, "start-1, 0-2")) {
      one.random(2f).setLengths(8, 3, 1).withoutEvery(1); // no targets but these, all legal
      other.random(2f).setLengths(8, 3, 1).withoutEvery(1);
      for (int row : new int[] {0, 1, 4, 7, 2}) {
        one.minibatch.targets()[row] = 2;
        other.minibatch.targets()[row] = 2;
      }
      assertThat(other.lossAndGradient()).isEqualTo(one.lossAndGradient()).isPositive();
      assertThat(other.workspace.gradient().toArray())
          .isEqualTo(one.workspace.gradient().toArray());
      assertThat(other.input.gradient().toArray()).isEqualTo(one.input.gradient().toArray());
    }
  }

  /** Relative to a loss of about 900; an absolute log Z in float32 would be off by 1e-4 of it. */
  @Test
  void fiveHundredStepsAreAsExactAsFew() {
    int tags = 7;
    try (var bench = new CrfBench(tags, 500, 1).random(3f)) {
      double expected = forwardLoss(bench, tags);
      assertThat(bench.losses()[0]).isCloseTo(expected, within(1e-6 * expected));
      bench.withoutEvery(4);
      assertThat(bench.losses()[0]).isBetween(0.5 * expected, expected);
      double loss = bench.lossAndGradient();
      assertThat(loss).isEqualTo(bench.losses()[0]);
      assertSumsVanish(bench, tags);
    }
  }

  /** By the forward algorithm in double. */
  private static double forwardLoss(CrfBench bench, int tags) {
    double[] s = bench.emissions();
    float[] a = bench.workspace.parameter("transitions").toArray();
    float[] end = bench.workspace.parameter("end").toArray();
    int[] y = bench.minibatch.targets();
    var alpha = new double[tags];
    double score = end[y[y.length - 1]];
    for (int t = 0; t < y.length; t++) {
      var next = new double[tags];
      for (int j = 0; j < tags; j++) {
        double sum = t == 0 ? Math.exp(bench.workspace.parameter("start").get(j)) : 0;
        for (int i = 0; i < tags && t > 0; i++) {
          sum += Math.exp(alpha[i] - alpha[0] + a[i * tags + j]);
        }
        next[j] = s[t * tags + j] + Math.log(sum) + alpha[0];
      }
      alpha = next;
      score += s[t * tags + y[t]];
      score += t == 0 ? bench.workspace.parameter("start").get(y[0]) : a[y[t - 1] * tags + y[t]];
    }
    double sum = 0;
    for (int j = 0; j < tags; j++) {
      sum += Math.exp(alpha[j] - alpha[0] + end[j]);
    }
    return alpha[0] + Math.log(sum) - score;
  }

  /** Expected and observed numbers of tags are equally many. */
  private static void assertSumsVanish(CrfBench bench, int tags) {
    float[] gradient = bench.input.gradient().toArray();
    for (int row = 0; row < gradient.length / tags; row++) {
      double sum = 0;
      for (int j = 0; j < tags; j++) {
        sum += gradient[row * tags + j];
      }
      assertThat(sum).isCloseTo(0, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"99, emissions", "3, emissions", "99, transitions", "3, transitions", "99, start"})
  void extremeScoresStayFinite(int nth, String extreme) {
    int tags = 6;
    try (var bench = new CrfBench(tags, 12, 3)) {
      bench.random(1f).setLengths(12, 5, 1).withoutEvery(nth);
      var scores =
          extreme.equals("emissions") ? bench.input.values() : bench.workspace.parameter(extreme);
      for (int i = 0; i < scores.length(); i++) {
        scores.set(i, scores.get(i) < 0 ? -1e4f : 1e4f);
      }
      double loss = bench.lossAndGradient();
      assertThat(loss).isFinite().isGreaterThan(1e3);
      assertThat(bench.losses()[0]).isNotNegative();
      for (float value : bench.workspace.gradient().toArray()) {
        assertThat(value).isFinite();
      }
      for (float value : bench.input.gradient().toArray()) {
        assertThat(value).isBetween(-1.0001f, 1.0001f);
      }
    }
  }

  @Test
  void withoutScoresOfNeighboursItIsATagger() {
    int tags = 9;
    var spec = new HeadSpec("tagger", tags);
    try (var bench = new CrfBench(tags, 6, 2).random(2f)) {
      for (String name : new String[] {"transitions", "start", "end"}) {
        bench.workspace.parameter(name).clear(0, bench.workspace.parameter(name).length());
      }
      Objective tagger = spec.head().bind(bench.workspace, bench.input, spec);
      var expected = new double[2];
      tagger.loss(bench.minibatch, expected);
      assertThat(bench.losses()).containsExactly(expected, within(1e-5));
      assertThat(bench.decode()).isEqualTo(decode(tagger, tags, bench.minibatch));
    }
  }

  private static int[] decode(Objective objective, int outputs, Minibatch minibatch) {
    var classes = new int[minibatch.targets().length];
    objective.decode(outputs, classes);
    return classes;
  }

  @Test
  void illegalTransitionsHaveNoProbabilityAndAreNeverDecoded() {
    String illegal = "start-1, 0-1, 2-2,1-end";
    try (var bench = new CrfBench(3, 5, 2, Kernels.best(), illegal);
        var penalized = new CrfBench(3, 5, 2)) {
      penalized.random(2f).setLengths(5, 3);
      bench.random(2f).setLengths(5, 3);
      int[] targets = {0, 2, 2, 0, 1, 0, 1, -1, 2, -1};
      System.arraycopy(targets, 0, bench.minibatch.targets(), 0, targets.length);
      System.arraycopy(targets, 0, penalized.minibatch.targets(), 0, targets.length);
      penalized.workspace.parameter("start").set(1, -1e3f);
      penalized.workspace.parameter("transitions").set(1, -1e3f);
      penalized.workspace.parameter("transitions").set(8, -1e3f);
      penalized.workspace.parameter("end").set(1, -1e3f);

      assertThat(bench.losses()).containsExactly(penalized.losses(), within(1e-5));
      assertThat(bench.lossAndGradient()).isCloseTo(penalized.lossAndGradient(), within(1e-5));
      assertAgree(
          bench.gradient("transitions"), Samples.doubles(penalized.gradient("transitions")));
      assertThat(bench.gradient("transitions")[1]).isZero();
      assertThat(bench.gradient("transitions")[8]).isZero();
      assertThat(bench.gradient("start")[1]).isZero();
      assertThat(bench.gradient("end")[1]).isZero();
      assertThat(bench.decode()).isEqualTo(penalized.decode());
      Seeds.fill(bench.input.values(), "large emissions", 1e4f);
      int[] path = bench.decode();
      assertThat(path[0]).isNotEqualTo(1);
      for (int t = 1; t < 5; t++) {
        assertThat(path[t * 2 - 2] * 3 + path[t * 2]).isNotIn(1, 8);
      }
    }
  }

  @Test
  void targetsThatAreIllegalAreRefused() {
    try (var bench = new CrfBench(3, 4, 2, Kernels.best(), "start-1,0-1,1-2,2-end")) {
      bench.random(1f).setLengths(4, 1).withoutEvery(1);
      int[] targets = bench.minibatch.targets();
      targets[2] = 0;
      targets[4] = 1;
      assertRefused(bench, "targets of sequence 0 hold 0-1 at step 2, which option illegal rules");
      targets[2] = -1;
      targets[6] = 2;
      assertRefused(bench, "targets of sequence 0 hold 1-2 at step 3");
      targets[4] = -1;
      assertRefused(bench, "targets of sequence 0 hold 2-end at step 3");
      targets[6] = 0;
      targets[1] = 1;
      assertRefused(bench, "targets of sequence 1 hold start-1 at step 0");
    }
  }

  @Test
  void targetsThatNoLegalTagsAgreeWithAreRefused() {
    // From 0 to 0 over one step there is no way but through itself, which is illegal.
    try (var bench = new CrfBench(2, 3, 1, Kernels.best(), "0-0, 1-0")) {
      bench.random(1f);
      System.arraycopy(new int[] {0, -1, 0}, 0, bench.minibatch.targets(), 0, 3);
      assertRefused(bench, "no tags that agree with the targets of sequence 0 are legal");
    }
  }

  private static void assertRefused(CrfBench bench, String message) {
    assertThatThrownBy(bench::losses)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(bench::lossAndGradient).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-3", "0", "a-b", "start-end", "1-start", "end-1", "0-1,", "-1-0"})
  void anOptionThatListsNoTransitionsIsNamed(String illegal) {
    var spec = new HeadSpec("crf", 3, new Options(Map.of("illegal", illegal)));
    assertThatThrownBy(() -> spec.head().parameters(2, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("head crf: option illegal: '")
        .hasMessageContaining("is no pair of tags 0 to 2, start-tag or tag-end");
  }

  @Test
  void whatHasNoTargetsCountsNothing() {
    try (var bench = new CrfBench(3, 4, 2).random(2f).withoutEvery(1)) {
      assertThat(bench.losses()).containsOnly(0);
      assertThat(bench.lossAndGradient()).isZero();
      assertThat(bench.workspace.gradient().toArray()).containsOnly(0f);
      assertThat(bench.input.gradient().toArray()).containsOnly(0f);
    }
  }
}
