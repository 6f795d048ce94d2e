package org.rondo.ingest.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.testkit.Seeds;

class SequencesTest {
  private static final long MANY = 1 << 20;
  private static final SequenceShape IDS = new SequenceShape(List.of(100), 0, 10, 0);
  private static final SequenceShape VALUES = new SequenceShape(List.of(), 3, 0, 2);

  @TempDir private Path temp;

  private SequenceFolder folder() {
    return SequenceFolder.of(Texts.hadoop(temp.resolve("sequences")), Texts.HADOOP);
  }

  /** The sequences in parts of {@code size}, all for training. */
  private Sequences write(SequenceShape shape, List<Sequence> sequences, int size) {
    SequenceFolder folder = folder();
    var parts = new ArrayList<SequencePart>();
    for (int from = 0; from < sequences.size(); from += size) {
      List<Sequence> part = sequences.subList(from, Math.min(from + size, sequences.size()));
      parts.add(write(folder, shape, parts.size(), part));
    }
    return folder.commit(shape, Map.of(Split.TRAIN, parts));
  }

  private static SequencePart write(
      SequenceFolder folder, SequenceShape shape, int part, List<Sequence> sequences) {
    try (SequenceWriter writer = folder.writer(shape, Split.TRAIN, part, 0)) {
      sequences.forEach(writer::add);
      return writer.finish();
    }
  }

  /** Sequence n holds ids n, and as tags its step modulo 10. */
  private static List<Sequence> numbered(int... lengths) {
    var sequences = new ArrayList<Sequence>();
    for (int n = 0; n < lengths.length; n++) {
      var ids = new int[lengths[n]];
      var tags = new int[lengths[n]];
      Arrays.fill(ids, n);
      Arrays.setAll(tags, t -> t % 10);
      sequences.add(Sequence.tagged(ids, tags));
    }
    return sequences;
  }

  private static ShardPlan plan(int shards, int batch, int unroll) {
    return new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, shards, batch, unroll, 1, MANY);
  }

  private static Shard shard(Sequences sequences, ShardPlan plan, int shard) {
    return sequences.shard(plan, shard, 7);
  }

  @Test
  void longSequencesGoOnInTheNextMinibatchAndNewOnesBeginTogether() {
    Shard shard = shard(write(IDS, numbered(5, 2, 0, 7, 1), 2), plan(1, 2, 3), 0);
    assertThat(shard.minibatches()).isEqualTo(2 + 3 + 1);
    var starts = new ArrayList<Boolean>();
    var rows = new ArrayList<String>();
    var minibatch = new Minibatch(3, 2);
    Shard.Reader reader = shard.reader();
    for (long number = 0; number < 6; number++) {
      starts.add(shard.startsSequence(number));
      reader.fill(minibatch, number);
      rows.add(row(minibatch, 0) + " | " + row(minibatch, 1));
    }
    assertThat(starts).containsExactly(true, false, true, false, false, true);
    assertThat(rows)
        .containsExactly(
            "0:0 0:1 0:2 | 1:0 1:1",
            "0:3 0:4 | ",
            " | 3:0 3:1 3:2",
            " | 3:3 3:4 3:5",
            " | 3:6",
            "4:0 | ");
    reader.fill(minibatch, 7);
    assertThat(row(minibatch, 0)).as("the next epoch is the same").isEqualTo("0:3 0:4");
    assertThat(shard.startsSequence(6)).isTrue();
    assertThat(shard.startsSequence(7)).isFalse();
  }

  /** Input and target of each step. */
  private static String row(Minibatch minibatch, int b) {
    var steps = new ArrayList<String>();
    for (int t = 0; t < minibatch.lengths()[b]; t++) {
      int row = t * minibatch.batch() + b;
      steps.add(minibatch.inputs()[row] + ":" + minibatch.targets()[row]);
    }
    return String.join(" ", steps);
  }

  @ParameterizedTest
  @CsvSource({"1, 23", "1, 4", "3, 5", "4, 1", "23, 7"})
  void everySequenceIsInOneShardInTheOrderInWhichItWasWritten(int shards, int partSize) {
    var lengths = new int[23];
    Arrays.fill(lengths, 2);
    Sequences sequences = write(IDS, numbered(lengths), partSize);
    assertThat(sequences.count(Split.TRAIN)).isEqualTo(23);
    assertThat(sequences.targets(DataOrder.CONTIGUOUS, Split.TRAIN)).isEqualTo(46);
    var found = new ArrayList<Integer>();
    for (int s = 0; s < shards; s++) {
      Shard shard = shard(sequences, plan(shards, 4, 2), s);
      var minibatch = new Minibatch(2, 4);
      for (long number = 0; number < shard.minibatches(); number++) {
        shard.reader().fill(minibatch, number);
        for (int b = 0; b < 4 && minibatch.lengths()[b] > 0; b++) {
          found.add(minibatch.inputs()[b]);
        }
      }
    }
    assertThat(found).hasSize(23).isSorted();
  }

  @Test
  void valuesAreReadBackAsTheyWereWritten() {
    float[] values = Seeds.uniform("values", 5 * 3, 2f);
    float[] targets = Seeds.uniform("targets", 5 * 2, 2f);
    boolean[] counts = {true, false, true, true, false};
    float[] last = {7, 8};
    List<Sequence> sequences =
        List.of(
            Sequence.ofValues(values, 3).withStepValues(targets, counts),
            Sequence.ofValues(Arrays.copyOf(values, 2 * 3), 3).withFinalValues(last));
    var network =
        new NetworkSpec(
            List.of(new Values(3), new Recurrent(CellSpec.of("lstm", 4))),
            new HeadSpec("regression", 2));
    Minibatch minibatch = Minibatch.forNetwork(network, 4, 2);
    Shard shard = shard(write(VALUES, sequences, 1), plan(1, 2, 4), 0);

    shard.reader().fill(minibatch, 0);

    assertThat(minibatch.lengths()).containsExactly(4, 2);
    assertThat(minibatch.targets()).containsExactly(0, -1, -1, 0, 0, -1, 0, -1);
    for (int t = 0; t < 4; t++) {
      assertThat(Arrays.copyOfRange(minibatch.values(), t * 6, t * 6 + 3))
          .isEqualTo(Arrays.copyOfRange(values, t * 3, t * 3 + 3));
      assertThat(Arrays.copyOfRange(minibatch.valueTargets(), t * 4, t * 4 + 2))
          .isEqualTo(Arrays.copyOfRange(targets, t * 2, t * 2 + 2));
    }
    assertThat(Arrays.copyOfRange(minibatch.valueTargets(), 6, 8)).isEqualTo(last);
    shard.reader().fill(minibatch, 1);
    assertThat(minibatch.lengths()).containsExactly(1, 0);
    assertThat(minibatch.targets()).containsOnly(Minibatch.NO_TARGET);
    assertThat(Arrays.copyOfRange(minibatch.values(), 0, 3))
        .isEqualTo(Arrays.copyOfRange(values, 12, 15));
  }

  @Test
  void valuesThatAreBytesTakeOneEach() throws IOException {
    var shape = new SequenceShape(List.of(), 2, 0, 1);
    float[] bytes = {0, 1, 100 / 255f, 7 / 255f};
    float[] others = {0, 1, 0.1f, -0f};
    float[] target = {3 / 255f};
    Sequences sequences =
        write(
            shape,
            List.of(
                Sequence.ofValues(bytes, 2).withFinalValues(target),
                Sequence.ofValues(others, 2).withFinalValues(target),
                Sequence.ofValues(bytes, 2)),
            1);

    assertThat(Files.readAllBytes(temp.resolve("sequences/train/part-00000.0.bin")))
        .containsExactly(
            -3, -1, -1, -1, -2, -1, -1, -1, // -1 - steps, -1 - targets
            0, 255, 100, 7, 1, 3); // values, the mark of a target, its value
    assertThat(temp.resolve("sequences/train/part-00001.0.bin"))
        .hasSize(8 + 4 * Float.BYTES + 1 + 1);
    var network =
        new NetworkSpec(
            List.of(new Values(2), new Recurrent(CellSpec.of("lstm", 4))),
            new HeadSpec("regression", 1));
    Minibatch minibatch = Minibatch.forNetwork(network, 2, 3);
    shard(sequences, plan(1, 3, 2), 0).reader().fill(minibatch, 0);
    assertThat(minibatch.lengths()).containsExactly(2, 2, 2);
    assertThat(minibatch.values())
        .containsExactly(0, 1, 0, 1, 0, 1, bytes[2], bytes[3], 0.1f, -0f, bytes[2], bytes[3]);
    assertThat(Arrays.copyOfRange(minibatch.valueTargets(), 3, 6))
        .containsExactly(target[0], target[0], 0);
  }

  @Test
  void aFolderWithoutItsManifestIsNoDataset() throws IOException {
    SequenceFolder folder = folder();
    SequencePart part = write(folder, IDS, 0, numbered(3));
    assertThatThrownBy(folder::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("holds no dataset");
    folder.commit(IDS, Map.of(Split.TRAIN, List.of(part), Split.VALIDATION, List.of(part)));
    assertThat(folder.open().fingerprint(Split.VALIDATION))
        .isEqualTo(folder.open().fingerprint(Split.TRAIN))
        .isNotEqualTo(folder.open().fingerprint(Split.TEST));
    assertThatThrownBy(() -> folder.writer(IDS, Split.TRAIN, 1, 0))
        .hasMessageContaining("holds a dataset already");
    assertThatThrownBy(() -> folder.commit(IDS, Map.of()))
        .hasMessageContaining("holds a dataset already");
    Path manifest = Files.writeString(temp.resolve("sequences/sequences.json"), "{}");
    deleteChecksum(manifest);
    assertThatThrownBy(folder::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("sequences.json is not valid");
  }

  @Test
  void idsAndTargetsTakeTheBytesOfTheirBounds() throws IOException {
    var shape = new SequenceShape(List.of(256, 257, 65_537), 0, 255, 0);
    int[] ids = {255, 256, 65_536, 1, 2, 3};
    Sequences sequences = write(shape, List.of(Sequence.ofIds(ids, 3).withLabel(254)), 1);
    assertThat(Files.readAllBytes(temp.resolve("sequences/train/part-00000.0.bin")))
        .containsExactly(
            2, 0, 0, 0, 1, 0, 0, 0, // steps, targets
            255, 0, 1, 0, 0, 1, 0, // 1, 2 and 4 bytes
            1, 2, 0, 3, 0, 0, 0, 255); // the target plus 1
    var minibatch = new Minibatch(2, 2, 3, 0, 0, 0);
    shard(sequences, plan(1, 2, 2), 0).reader().fill(minibatch, 0);
    assertThat(minibatch.inputs()).containsExactly(255, 256, 65_536, 0, 0, 0, 1, 2, 3, 0, 0, 0);
    assertThat(minibatch.targets()).containsExactly(-1, -1, 254, -1);
    assertThatThrownBy(() -> Sequence.ofIds(ids, 4)).hasMessage("sequence: 6 ids in steps of 4");
  }

  /** Written by hand: int32 alone, a bound that is no list, no lengths. */
  @Test
  void foldersOfVersionOneAreRead() throws IOException {
    byte[] part = {
      2, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0, -1, -1, -1, -1, 3, 0, 0, 0, // 7, 9: none, 3
      0, 0, 0, 0, 0, 0, 0, 0
    };
    var crc = new CRC32C();
    crc.update(part);
    Path folder = Files.createDirectories(temp.resolve("sequences/train"));
    Files.write(folder.resolve("part-00000.0.bin"), part);
    Texts.write(
        folder.resolveSibling("sequences.json"),
        """
        {"version": 1, "shape": {"ids": 10, "inputs": 0, "classes": 4, "outputs": 0},
         "splits": {"train": [{"file": "train/part-00000.0.bin", "sequences": 2, "steps": 2,
         "targets": 1, "longest": 2, "bytes": 32, "checksum": %d}]}}\
        """
            .formatted(crc.getValue()));
    Sequences sequences = folder().open();
    assertThat(sequences.shape()).isEqualTo(new SequenceShape(List.of(10), 0, 4, 0));
    assertThat(sequences.steps(new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 1, 2, 5, 4, MANY)))
        .as("nobody counted lengths")
        .containsExactly(5);
    var minibatch = new Minibatch(3, 2);
    shard(sequences, plan(1, 2, 3), 0).reader().fill(minibatch, 0);
    assertThat(minibatch.inputs()).containsExactly(7, 0, 9, 0, 0, 0);
    assertThat(minibatch.targets()).containsExactly(-1, -1, 3, -1, -1, -1);
    assertThat(minibatch.lengths()).containsExactly(2, 0);
    assertThat(minibatch.weights()).containsExactly(1, 1);
  }

  /** Of the targets: those of the second count 3 times, and one of the third not at all. */
  @Test
  void weightsAreOverTheirMeanOfAllTargets() {
    List<Sequence> plain = numbered(1, 2, 1, 0);
    List<Sequence> weighted =
        List.of(plain.get(0), plain.get(1).withWeight(3), plain.get(2).withWeight(0), plain.get(3));
    Sequences sequences = write(IDS, weighted, 2);
    assertThat(sequences.reader(Split.TRAIN, 0).next().orElseThrow().weight()).isEqualTo(1);
    Shard shard = shard(sequences, plan(1, 4, 2), 0);
    var minibatch = new Minibatch(2, 4);
    shard.reader().fill(minibatch, 0);
    float mean = (1 + 3 + 3 + 0) / 4f;
    assertThat(Arrays.copyOf(minibatch.weights(), 3)).containsExactly(1 / mean, 3 / mean, 0);
    assertThat(row(minibatch, 1)).isEqualTo("1:0 1:1");
  }

  @Test
  void weightsThatCountNothingAreRefused() {
    Sequence one = numbered(1).get(0);
    Sequences sequences = write(IDS, List.of(one.withWeight(0)), 1);
    assertThatThrownBy(() -> sequences.deal(plan(1, 1, 1)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("all sequences of the train split of")
        .hasMessageEndingWith("have the weight 0");
    assertThatThrownBy(() -> one.withWeight(-1))
        .hasMessage("sequence: the weight -1.0, it must be a finite number at least 0");
  }

  @Test
  void partsAreReadInTheOrderInWhichTheyWereWritten() {
    Sequences sequences = write(IDS, numbered(5, 2, 0, 7), 3);
    var lengths = new ArrayList<Integer>();
    for (int part = 0; part < sequences.parts(Split.TRAIN); part++) {
      try (SequenceReader reader = sequences.reader(Split.TRAIN, part)) {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
          lengths.add(next.get().length());
        }
      }
    }
    assertThat(lengths).containsExactly(5, 2, 0, 7);
  }

  @Test
  void dictionariesStandBesideTheParts() throws IOException {
    SequenceFolder folder = folder();
    SequencePart part = write(folder, IDS, 0, numbered(3));
    Map<String, String> texts = Map.of("features.json", "{\"word\": \"\u00e4\"}");
    Map<String, List<SequencePart>> splits = Map.of(Split.TRAIN, List.of(part));
    assertThatThrownBy(() -> folder.commit(IDS, splits, Map.of("sequences.json", "{}")))
        .hasMessage("sequences: no name of a dictionary: sequences.json");
    assertThat(folder.commit(IDS, splits, texts).dictionaries()).isEqualTo(texts);
    Path file = temp.resolve("sequences/features.json");
    Files.writeString(file, "{}");
    deleteChecksum(file);
    assertThatThrownBy(folder::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("features.json is damaged: it is not what the manifest lists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../train/part-0.0.bin", "/etc/passwd", "train/block-0.bin"})
  void partsOutsideOfTheFolderAreNotOpened(String file) {
    assertThatThrownBy(() -> new SequencePart(file, 1, 1, 1, 1, 1, new LengthCounts(), 1, 1))
        .hasMessageContaining(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 9, 25})
  void everyBitThatChangesIsFound(int at) throws IOException {
    Sequences sequences = write(IDS, numbered(3, 2), 2);
    Path file = temp.resolve("sequences/train/part-00000.0.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x40;
    Files.write(file, bytes);
    deleteChecksum(file);
    assertThatThrownBy(() -> shard(sequences, plan(1, 2, 3), 0))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("part-00000.0.bin is damaged");
  }

  @Test
  void truncatedAndMissingPartsAreNamed() throws IOException {
    Sequences sequences = write(IDS, numbered(3, 2), 2);
    Path file = temp.resolve("sequences/train/part-00000.0.bin");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    deleteChecksum(file);
    assertThatThrownBy(() -> shard(sequences, plan(1, 2, 3), 0))
        .hasMessageContaining("it has %d bytes, not %d".formatted(bytes.length - 4, bytes.length));
    Files.delete(file);
    assertThatThrownBy(() -> shard(sequences, plan(1, 2, 3), 0))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("it is missing");
  }

  /** Hadoop's own for local files, which would find the damage before ours. */
  private static void deleteChecksum(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  @Test
  void sequencesOfAnotherShapeAreRefusedAndNamed() {
    try (SequenceWriter writer = folder().writer(IDS, Split.TRAIN, 0, 0)) {
      assertThatThrownBy(() -> writer.add(Sequence.labelled(new int[] {1, 100}, 3)))
          .hasMessageContaining("id 100, number 1 of its sequence")
          .hasMessageContaining("ids below 100 as inputs and classes below 10 as targets");
      assertThatThrownBy(() -> writer.add(Sequence.labelled(new int[] {1}, 10)))
          .hasMessageContaining("target 10");
      assertThatThrownBy(() -> writer.add(Sequence.ofValues(new float[3], 3).withLabel(1)))
          .hasMessageContaining("1 steps with 0 ids or 3 values");
      assertThatThrownBy(() -> writer.add(Sequence.ofIds(new int[1]).withFinalValues(new float[2])))
          .hasMessageContaining("1 targets with 2 values");
    }
    try (SequenceWriter writer = folder().writer(VALUES, Split.TRAIN, 1, 0)) {
      float[] values = {1, Float.NaN, 3};
      assertThatThrownBy(
              () -> writer.add(Sequence.ofValues(values, 3).withFinalValues(new float[2])))
          .hasMessageContaining("value NaN, number 1 of its sequence, is no finite number");
    }
    assertThatThrownBy(() -> new SequenceShape(List.of(), 0, 1, 0))
        .hasMessageContaining("ids below [] or 0 values");
    assertThatThrownBy(() -> Sequence.ofValues(new float[4], 3))
        .hasMessage("sequence: 4 values in steps of 3");
    assertThatThrownBy(() -> Sequence.tagged(new int[2], new int[3]))
        .hasMessage("sequence: 2 steps with 3 tags");
    assertThatThrownBy(
            () ->
                Sequence.ofIds(new int[2]).withStepValues(new float[3], new boolean[] {true, true}))
        .hasMessage("sequence: 2 steps with 3 target values, of which 2 are marked");
    assertThatThrownBy(() -> folder().writer(IDS, "training", 0, 0))
        .hasMessageContaining("no split training; there are train, validation, test");
  }

  @Test
  void whatAJobCannotUseIsSaidBeforeItStarts() {
    Sequences sequences = write(IDS, numbered(9, 2), 2);
    assertThatThrownBy(() -> sequences.deal(plan(3, 1, 4)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("holds 2 sequences for 3 shards");
    var validation = new ShardPlan(Split.VALIDATION, DataOrder.CONTIGUOUS, 1, 1, 4, 1, MANY);
    assertThatThrownBy(() -> sequences.requireParts(validation))
        .hasMessageContaining("the validation split")
        .hasMessageEndingWith(" holds no sequence; there is nothing to predict");
    assertThatThrownBy(
            () -> sequences.requireFits(RecurrentStack.languageModel(100, "lstm", 1, 4, 0), 9))
        .hasMessageContaining("classes below 10 as targets, the network takes ids below 100")
        .hasMessageContaining("classes below 100");
    NetworkSpec transcribing =
        RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0)
            .network(sequences.shape().ids().get(0), new HeadSpec("ctc", 10));
    sequences.requireFits(transcribing, 9);
    assertThatThrownBy(() -> sequences.requireFits(transcribing, 8))
        .isInstanceOf(IngestException.class)
        .hasMessageEndingWith(
            "holds one of 9 steps, and the head ctc takes sequences whole; raise train.unroll,"
                + " which is 8");
    assertThat(sequences.deal(plan(2, 1, 4)).remarks())
        .singleElement()
        .asString()
        .contains("the longest sequence has 9 steps, train.unroll is 4");
    assertThat(sequences.deal(plan(2, 1, 9)).remarks()).isEmpty();
  }

  /** Fingerprints of datasets hold the one, errors the other. */
  @Test
  void aShapeOfOneValueKeepsItsFingerprint() {
    var shape = new SequenceShape(List.of(), 1, 0, 1);
    assertThat(shape.fingerprint()).isEqualTo("1 values as inputs and 1 values as targets");
    assertThat(shape).hasToString("1 value as inputs and 1 value as targets");
    assertThat(IDS.fingerprint()).isEqualTo(IDS.toString());
  }

  @Test
  void foldersAndShardsTravel() throws Exception {
    Sequences sequences = write(VALUES, List.of(Sequence.ofValues(new float[6], 3)), 1);
    assertThat(copy(folder())).isEqualTo(folder());
    var copied = (Shard) copy(shard(sequences, plan(1, 1, 2), 0));
    assertThat(copied.minibatches()).isEqualTo(1);
  }

  private static Object copy(Object original) throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
