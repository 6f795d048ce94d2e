package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.Predictions;

class ChunkF1Test {
  private static final List<String> TAGS = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");

  private static Predictions tags(List<String> known, String targets, String predicted) {
    return Sample.classes(ids(known, targets), ids(known, predicted));
  }

  private static int[] ids(List<String> known, String tags) {
    return List.of(tags.split(" ")).stream().mapToInt(known::indexOf).toArray();
  }

  /**
   * Three sentences, broken as networks break them.
   *
   * <pre>
   *   target     O B-PER I-PER O B-LOC        PER 1-2, LOC 4
   *   predicted  O I-PER I-PER O B-PER        PER 1-2 (begins with I), PER 4; right: PER 1-2
   *
   *   target     B-PER B-PER I-LOC O          PER 0, PER 1, LOC 2 (I of another type begins one)
   *   predicted  B-PER I-PER I-LOC I-LOC      PER 0-1, LOC 2-3; right: none
   *
   *   target     I-LOC I-LOC                  LOC 0-1, ended by the end of the sentence
   *   predicted  I-LOC I-LOC                  LOC 0-1; right: LOC 0-1
   *
   *         targets  predicted  right  precision  recall    F1
   *    PER        3          3      1        1/3     1/3   1/3
   *    LOC        3          2      1        1/2     1/3   2/5
   *    all        6          5      2        2/5     2/6  4/11
   *
   *   tokens: 3 + 2 + 2 of 11 right
   * </pre>
   */
  @Test
  void brokenSequencesCountAsConllevalCountsThem() {
    var metric = new ChunkF1(TAGS);
    double[] sums =
        Sample.sums(
            metric,
            tags(TAGS, "O B-PER I-PER O B-LOC", "O I-PER I-PER O B-PER"),
            tags(TAGS, "B-PER B-PER I-LOC O", "B-PER I-PER I-LOC I-LOC"),
            tags(TAGS, "I-LOC I-LOC", "I-LOC I-LOC"));
    assertThat(metric.value(sums)).isEqualTo(4.0 / 11);
    Map<String, Double> details = metric.details(sums);
    assertThat(details.get("precision")).isEqualTo(2.0 / 5);
    assertThat(details.get("recall")).isEqualTo(2.0 / 6);
    assertThat(details.get("token-accuracy")).isEqualTo(7.0 / 11);
    assertThat(details.get("f1 PER")).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(details.get("precision LOC")).isEqualTo(0.5);
    assertThat(details.get("recall LOC")).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(details.get("f1 LOC")).isEqualTo(0.4);
  }

  @Test
  void anInnerTagOfIob1BeginsAChunkAndBeginsSplitNeighbours() {
    // IOB1: I begins a chunk, B only one that follows another of its type: chunks 0-1 and 2.
    double[] sums =
        Sample.sums(
            new ChunkF1(TAGS),
            tags(TAGS, "I-PER I-PER B-PER O I-LOC", "I-PER I-PER I-PER O I-LOC"));
    // Targets 0-1, 2, 4; predicted 0-2, 4; right: 4.
    assertThat(new ChunkF1(TAGS).value(sums)).isEqualTo(2.0 / 5);
  }

  @Test
  void singleAndEndTagsEndChunks() {
    var known = List.of("O", "B-X", "I-X", "E-X", "S-X");
    // Targets 0-2, 3, 4, 6-7; predicted 0-2, 3-4, 6-7.
    assertThat(
            Sample.value(
                new ChunkF1(known),
                tags(known, "B-X I-X E-X S-X S-X O B-X E-X", "B-X I-X E-X B-X E-X O I-X E-X")))
        .isEqualTo(4.0 / 7);
  }

  @Test
  void nothingFoundIsZeroAsConllevalSaysIt() {
    assertThat(Sample.value(new ChunkF1(TAGS), tags(TAGS, "O O", "O O"))).isZero();
    assertThat(Sample.value(new ChunkF1(TAGS), tags(TAGS, "B-PER O", "O O"))).isZero();
  }

  @Test
  void aTokenWithoutTargetSplitsChunksOnBothSides() {
    Predictions one = tags(TAGS, "B-PER I-PER O", "B-PER I-PER I-PER");
    one.targets()[2] = -1;
    assertThat(Sample.value(new ChunkF1(TAGS), one)).isEqualTo(1);
  }

  /** Against the tables of tag pairs of the paper's scorer, over random and mostly broken tags. */
  @ParameterizedTest
  @ValueSource(strings = {"BIO", "IOE"})
  void chunksBeginAndEndByTheTables(String kinds) {
    List<String> known =
        kinds
            .chars()
            .mapToObj(kind -> (char) kind)
            .flatMap(
                kind ->
                    kind == 'O'
                        ? List.of("O").stream()
                        : List.of(kind + "-X", kind + "-Y").stream())
            .toList();
    var random = new Random(11);
    var metric = new ChunkF1(known);
    for (int i = 0; i < 2000; i++) {
      int[] targets = random.ints(random.nextInt(8), 0, known.size()).toArray();
      int[] predicted = random.ints(targets.length, 0, known.size()).toArray();
      Set<String> right = chunks(known, targets);
      Set<String> found = chunks(known, predicted);
      double total = right.size() + found.size();
      right.retainAll(found);
      double expected = total == 0 ? 0 : 2 * right.size() / total;
      double actual = Sample.value(metric, Sample.classes(targets, predicted));
      if (targets.length > 0) {
        assertThat(actual).as("tags of round %d", i).isEqualTo(expected);
      }
    }
  }

  private static Set<String> chunks(List<String> known, int[] sequence) {
    Set<String> ends = Set.of("BB", "BO", "IB", "IO", "EE", "EI", "EO");
    Set<String> starts = Set.of("BB", "IB", "OB", "OI", "EE", "EI", "OE");
    var chunks = new HashSet<String>();
    int start = -1;
    String before = "O";
    for (int n = 0; n <= sequence.length; n++) {
      String tag = n == sequence.length ? "O" : known.get(sequence[n]);
      String pair = before.substring(0, 1) + tag.charAt(0);
      boolean sameType = before.substring(1).equals(tag.substring(1));
      if (start >= 0 && (ends.contains(pair) || !sameType)) {
        chunks.add(start + ".." + n + before.substring(1));
        start = -1;
      }
      if (!tag.equals("O") && (starts.contains(pair) || !sameType)) {
        start = n;
      }
      before = tag;
    }
    return chunks;
  }
}
