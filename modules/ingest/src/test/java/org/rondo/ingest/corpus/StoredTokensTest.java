package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
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
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

/** Streams that are read as they are needed, against the same streams in memory. */
class StoredTokensTest {
  private static final int TOKENS = 3001;

  @TempDir private static Path folder;
  private static Corpus corpus;

  @BeforeAll
  static void prepare() {
    corpus = Texts.prepare(Texts.whole(text(5), "characters"), folder.resolve("corpus"));
  }

  private static Path text(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    var text = new StringBuilder();
    for (int i = 0; i < TOKENS; i++) {
      text.append((char) ('a' + (int) (random.uniform(i) * 26)));
    }
    return Texts.write(folder.resolve("text-" + seed), text.toString());
  }

  /** Windows of one token, smaller than a minibatch, of about one, and of many. */
  @ParameterizedTest
  @CsvSource({"1", "9", "40", "61", "700"})
  void windowsGiveTheMinibatchesOfMemoryOverWholeEpochs(long memory) {
    for (int s = 0; s < 2; s++) {
      TokenStreams loaded = TokenStreams.shard(corpus, plan(TOKENS), s, 0);
      TokenStreams stored = TokenStreams.shard(corpus, plan(memory), s, 0);
      assertThat(stored.minibatches()).isEqualTo(loaded.minibatches());

      requireEqual(loaded, stored, 0, 3 * loaded.minibatches());
    }
  }

  @Test
  void aReaderMayBeginAtAnyMinibatch() {
    TokenStreams loaded = TokenStreams.shard(corpus, plan(TOKENS), 1, 0);
    TokenStreams stored = TokenStreams.shard(corpus, plan(100), 1, 0);
    for (long from = 0; from < 2 * loaded.minibatches(); from++) {
      requireEqual(loaded, stored, from, 2);
    }
  }

  @Test
  void partsOfAnEvaluationAreReadAsTheyAreNeededToo() {
    for (int part = 0; part < 2; part++) {
      TokenStreams loaded = TokenStreams.cover(corpus, plan(TOKENS), part);
      TokenStreams stored = TokenStreams.cover(corpus, plan(64), part);

      requireEqual(loaded, stored, 0, loaded.minibatches());
    }
  }

  @Test
  void noMoreTokensAreHeldThanMemoryAllows() {
    var tokens = new StoredTokens(corpus, Split.TRAIN, 64);
    TokenWindow[] rows = tokens.rows(4);
    int most = 0;
    for (int step = 0; step < 700; step++) {
      for (int b = 0; b < rows.length; b++) {
        rows[b].id(b * 700L + step);
      }
      most = Math.max(most, Arrays.stream(rows).mapToInt(TokenWindow::held).sum());
    }
    assertThat(most).isEqualTo(64);
  }

  @Test
  void whatOneReaderReadAnotherOneOfTheSameShardNeedNotReadAgain() throws IOException {
    Path file = Files.copy(text(5), folder.resolve("vanishing-text"));
    Path place = folder.resolve("vanishing");
    Corpus vanishing = Texts.prepare(Texts.whole(file, "characters"), place);
    TokenStreams stored = TokenStreams.shard(vanishing, plan(303), 0, 0); // 101 tokens for each row
    requireEqual(TokenStreams.shard(corpus, plan(TOKENS), 0, 0), stored, 0, 1);
    Files.delete(place.resolve("train/block-00000.bin"));

    requireEqual(TokenStreams.shard(corpus, plan(TOKENS), 0, 0), stored, 1, 9);
    assertThatThrownBy(() -> stored.reader().fill(new Minibatch(10, 3), 10))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("it is missing");
  }

  @Test
  void whatTravelsIsADescriptionAndNotTheTokens() throws IOException, ClassNotFoundException {
    TokenStreams stored = TokenStreams.shard(corpus, plan(100), 1, 0);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(stored);
    }
    assertThat(bytes.size()).isLessThan(TOKENS); // a byte a token would be more

    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      requireEqual(stored, (Shard) in.readObject(), 0, 5);
    }
  }

  @Test
  void aCorpusThatIsPreparedAnewMeanwhileIsRefused() throws IOException {
    Path place = folder.resolve("changing");
    Path file = Files.copy(text(5), folder.resolve("changing-text"));
    TokenStreams stored =
        TokenStreams.shard(Texts.prepare(Texts.whole(file, "characters"), place), plan(100), 0, 0);
    Files.writeString(file, "another text");
    Files.move(place, folder.resolve("moved-by-its-owner"));
    Texts.prepare(Texts.whole(file, "characters"), place);

    assertThatThrownBy(stored::reader)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("the train split of ")
        .hasMessageContaining(" changed while it was read");
  }

  private static void requireEqual(Shard expected, Shard actual, long from, long count) {
    Shard.Reader there = expected.reader();
    Shard.Reader here = actual.reader();
    var one = new Minibatch(10, 3);
    var other = new Minibatch(10, 3);
    for (long number = from; number < from + count; number++) {
      there.fill(one, number);
      here.fill(other, number);
      assertThat(other.inputs()).isEqualTo(one.inputs());
      assertThat(other.targets()).isEqualTo(one.targets());
      assertThat(other.lengths()).isEqualTo(one.lengths());
      assertThat(actual.startsSequence(number)).isEqualTo(expected.startsSequence(number));
    }
  }

  private static ShardPlan plan(long memory) {
    return new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, 2, 3, 10, 1, memory);
  }
}
