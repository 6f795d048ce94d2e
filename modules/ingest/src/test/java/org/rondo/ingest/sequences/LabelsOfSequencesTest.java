package org.rondo.ingest.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/** Sequences whose labels have a length of their own, from the writer to minibatches. */
class LabelsOfSequencesTest {
  private static final SequenceShape SHAPE = new SequenceShape(List.of(9), 0, 5, 0);
  private static final int LABELS = 4;

  @TempDir private Path temp;

  private Sequences write(Sequence... sequences) {
    SequenceFolder folder =
        SequenceFolder.of(Texts.hadoop(temp.resolve("sequences")), Texts.HADOOP);
    try (SequenceWriter writer = folder.writer(SHAPE, Split.TRAIN, 0, 0)) {
      for (Sequence each : sequences) {
        writer.add(each);
      }
      return folder.commit(SHAPE, Map.of(Split.TRAIN, List.of(writer.finish())));
    }
  }

  private static Sequence labelled(int[] ids, int... labels) {
    return Sequence.ofIds(ids).withLabels(labels);
  }

  private static Minibatch minibatch(int steps) {
    return new Minibatch(steps, 2, 1, 0, 0, LABELS);
  }

  private static ShardPlan plan(DataOrder order, int unroll, int buckets) {
    return new ShardPlan(Split.TRAIN, order, 1, 2, unroll, buckets, 1 << 20);
  }

  /** The labels of a row, as many as its length says. */
  private static List<Integer> labels(Minibatch minibatch, int b) {
    var labels = new ArrayList<Integer>();
    for (int u = 0; u < LABELS; u++) {
      int label = minibatch.targets()[u * 2 + b];
      if (u < minibatch.labelLengths()[b]) {
        labels.add(label);
      } else {
        assertThat(label).isEqualTo(Minibatch.NO_TARGET);
      }
    }
    return labels;
  }

  @Test
  void moreLabelsThanStepsAreReadBack() throws IOException {
    Sequences sequences =
        write(
            labelled(new int[] {7}, 4, 3, 0), labelled(new int[] {1, 2}), labelled(new int[0], 1));
    assertThat(Files.readAllBytes(temp.resolve("sequences/train/part-00000.0.bin")))
        .containsExactly(
            1, 0, 0, 0, 3, 0, 0, 0, 7, 5, 4, 1, // steps, labels; the labels plus 1
            2, 0, 0, 0, 0, 0, 0, 0, 1, 2, //
            0, 0, 0, 0, 0, 0, 0, 0); // of nothing nothing is learned
    assertThat(sequences.targets(DataOrder.CONTIGUOUS, Split.TRAIN)).isEqualTo(3);
    try (SequenceReader reader = sequences.reader(Split.TRAIN, 0)) {
      assertThat(reader.next().orElseThrow().targets()).containsExactly(4, 3, 0);
      assertThat(reader.next().orElseThrow().targets()).isEmpty();
      assertThat(reader.next().orElseThrow().targets()).isEmpty();
    }
    Minibatch minibatch = minibatch(2);
    sequences.shard(plan(DataOrder.CONTIGUOUS, 2, 1), 0, 7).reader().fill(minibatch, 0);
    assertThat(minibatch.targets()).containsExactly(4, -1, 3, -1, 0, -1, -1, -1);
    assertThat(minibatch.labelLengths()).containsExactly(3, 0);
  }

  @Test
  void labelsComeWithTheLastPieceOfASequence() {
    Sequences sequences =
        write(labelled(new int[] {1, 1, 1, 1, 1}, 3, 2), labelled(new int[] {2, 2}, 1));
    Shard.Reader reader = sequences.shard(plan(DataOrder.CONTIGUOUS, 3, 1), 0, 7).reader();
    Minibatch minibatch = minibatch(3);
    reader.fill(minibatch, 0);
    assertThat(labels(minibatch, 0)).isEmpty();
    assertThat(labels(minibatch, 1)).containsExactly(1);
    reader.fill(minibatch, 1);
    assertThat(labels(minibatch, 0)).containsExactly(3, 2);
    assertThat(labels(minibatch, 1)).isEmpty();
    assertThat(minibatch.lengths()).containsExactly(2, 0);
  }

  /** Sequence n has n steps of id n, and n modulo 5 labels, which count up from 0. */
  @Test
  void labelsStayWithTheirSequenceInBucketsOfLengths() {
    var all = new Sequence[8];
    for (int n = 1; n <= all.length; n++) {
      var ids = new int[n];
      Arrays.fill(ids, n);
      var labels = new int[n % 5];
      Arrays.setAll(labels, u -> u);
      all[n - 1] = Sequence.ofIds(ids).withLabels(labels);
    }
    Sequences sequences = write(all);
    ShardPlan plan = plan(DataOrder.SHUFFLED, 8, 3);
    assertThat(sequences.steps(plan)).hasSize(3);
    Shard shard = sequences.shard(plan, 0, 7);
    var seen = new ArrayList<Integer>();
    for (long number = 0; number < shard.minibatches(); number++) {
      Minibatch minibatch = minibatch(shard.steps(number));
      shard.reader().fill(minibatch, number);
      for (int b = 0; b < 2; b++) {
        int n = minibatch.inputs()[b];
        seen.add(n);
        assertThat(minibatch.lengths()[b]).isEqualTo(n);
        assertThat(labels(minibatch, b)).isEqualTo(List.of(0, 1, 2, 3).subList(0, n % 5));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }

  private static NetworkSpec network(String head) {
    var stack = new RecurrentStack(CellSpec.of("lstm", 3), 1, 0, false, false);
    return stack.network(9, new HeadSpec(head, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "steps; classifier; a target for each step",
        "labels; classifier; several labels for a sequence",
        "steps; ctc;",
        "steps; tagger;",
        "label; classifier;",
        "label; tagger;",
        "labels; ctc;",
        "labels; tagger;",
        "none; classifier;",
      })
  void aHeadThatTakesOtherTargetsIsRefused(String targets, String head, String problem)
      throws IOException {
    Sequence ids = Sequence.ofIds(new int[] {1, 2});
    Sequences written =
        write(
            ids,
            switch (targets) {
              case "steps" -> ids.withTags(new int[] {4, 4});
              case "label" -> ids.withLabel(4);
              case "labels" -> ids.withLabels(new int[] {4, 3});
              default -> ids;
            });
    if (problem == null) {
      written.requireFits(network(head), 2);
    } else {
      assertThatThrownBy(() -> written.requireFits(network(head), 2))
          .isInstanceOf(IngestException.class)
          .hasMessageContaining(
              "sequences holds " + problem + ", the head " + head + " takes one label");
    }
    withoutTargets().requireFits(network(head), 2);
  }

  /** Of an earlier version, which did not say what targets belong to. */
  private Sequences withoutTargets() throws IOException {
    Path manifest = temp.resolve("sequences/sequences.json");
    String text = Files.readString(manifest);
    String earlier = text.replaceFirst("\\R  \"targets\" : \"[a-z]+\",", "");
    assertThat(earlier).isNotEqualTo(text);
    Files.writeString(manifest, earlier);
    Files.deleteIfExists(temp.resolve("sequences/.sequences.json.crc"));
    return SequenceFolder.of(Texts.hadoop(temp.resolve("sequences")), Texts.HADOOP).open();
  }

  /** There the one label of a sequence was called the target of its last step. */
  @Test
  void foldersOfVersionTwoAreRead() throws IOException {
    write(labelled(new int[] {1, 2}, 4));
    Path manifest = temp.resolve("sequences/sequences.json");
    String text = Files.readString(manifest);
    assertThat(text).contains("\"version\" : 5");
    Files.writeString(manifest, text.replace("\"version\" : 5", "\"version\" : 2"));
    Files.deleteIfExists(temp.resolve("sequences/.sequences.json.crc"));
    Sequences sequences =
        SequenceFolder.of(Texts.hadoop(temp.resolve("sequences")), Texts.HADOOP).open();
    Shard.Reader reader = sequences.shard(plan(DataOrder.CONTIGUOUS, 2, 1), 0, 7).reader();
    Minibatch ofLabels = minibatch(2);
    reader.fill(ofLabels, 0);
    assertThat(labels(ofLabels, 0)).containsExactly(4);
    var ofSteps = new Minibatch(2, 2);
    reader.fill(ofSteps, 0);
    assertThat(ofSteps.targets()).containsExactly(-1, -1, 4, -1);
  }

  @Test
  void moreThanTheNetworkTakesAreRefused() {
    Sequence long5 = labelled(new int[] {1, 2}, 0, 1, 2, 3, 4);
    assertThatThrownBy(() -> long5.fill(minibatch(2), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sequence: 5 targets of a sequence of 2 steps, the network takes 4 labels at most");
    assertThatThrownBy(() -> long5.fill(new Minibatch(2, 2), 0, 0))
        .hasMessage(
            "sequence: 5 targets of a sequence of 2 steps, the network takes one for each step");
  }
}
