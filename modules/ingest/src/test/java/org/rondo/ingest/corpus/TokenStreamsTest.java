package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
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
import org.rondo.models.Minibatch;

/** Over a text in which no character comes twice, so that an id tells its position. */
class TokenStreamsTest {
  private static final int TOKENS = 101;

  @TempDir private static Path folder;
  private static Corpus corpus;

  @BeforeAll
  static void prepare() {
    var text = new StringBuilder();
    IntStream.range(0, TOKENS).forEach(i -> text.appendCodePoint(0x4E00 + i));
    Path file = Texts.write(folder.resolve("text"), text.toString());
    corpus = Texts.prepare(Texts.whole(file, "characters"), folder.resolve("corpus"));
  }

  @ParameterizedTest
  @CsvSource({"1,1,7", "1,10,7", "2,5,100", "3,7,4", "5,20,1", "7,31,3", "150,2,3"})
  void coverMakesEveryTokenButTheFirstATargetOnce(int parts, int streams, int steps) {
    var targets = new ArrayList<Integer>();
    long counted = 0;
    for (int part = 0; part < parts; part++) {
      var plan = plan(parts, streams, steps);
      TokenStreams cover = TokenStreams.cover(corpus, plan, part);
      counted += cover.targets();
      targets.addAll(targets(cover, plan));
    }
    assertThat(targets).containsExactlyInAnyOrderElementsOf(positions(1, TOKENS));
    assertThat(counted).isEqualTo(TOKENS - 1);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,10,4", "2,5,3", "3,7,4", "5,20,1", "2,50,1", "2,9,4"})
  void shardsAreDisjointAndLeftoverIsCounted(int shards, int streams, int unroll) {
    var targets = new ArrayList<Integer>();
    int length = (TOKENS - 1) / (shards * streams);
    var plan = plan(shards, streams, unroll);
    for (int s = 0; s < shards; s++) {
      TokenStreams shard = TokenStreams.shard(corpus, plan, s, 0);
      assertThat(shard.minibatches()).isEqualTo((length + unroll - 1) / unroll);
      assertThat(shard.targets()).isEqualTo((long) streams * length);
      targets.addAll(targets(shard, plan));
    }
    assertThat(targets)
        .containsExactlyInAnyOrderElementsOf(positions(1, 1 + shards * streams * length));
    assertThat(TokenStreams.deal(corpus, plan).leftover()).isEqualTo(TOKENS - 1 - targets.size());
  }

  @Test
  void rowsContinueInTheNextMinibatchAndTargetsFollowInputs() {
    var plan = plan(2, 2, 10);
    TokenStreams part = TokenStreams.shard(corpus, plan, 1, 0); // 25 targets a stream
    assertThat(part.minibatches()).isEqualTo(3);
    Shard.Reader reader = part.reader();
    var minibatch = new Minibatch(10, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(part.startsSequence(i)).isEqualTo(i == 0);
      reader.fill(minibatch, i);
      assertThat(minibatch.lengths()).containsOnly(i < 2 ? 10 : 5);
      for (int t = 0; t < 10; t++) {
        for (int b = 0; b < 2; b++) {
          int step = 10 * i + t;
          int position = 50 + 25 * b + step;
          assertThat(minibatch.inputs()[t * 2 + b]).isEqualTo(step < 25 ? id(position) : 0);
          assertThat(minibatch.targets()[t * 2 + b])
              .isEqualTo(step < 25 ? id(position + 1) : Minibatch.NO_TARGET);
        }
      }
    }
  }

  @Test
  void aSingleShardOfOneStreamIsTheTextItself() {
    var plan = plan(1, 1, 10);
    assertThat(targets(TokenStreams.shard(corpus, plan, 0, 0), plan))
        .isEqualTo(positions(1, TOKENS));
  }

  @Test
  void everyEpochIsTheFirstOneAgain() {
    var plan = plan(2, 2, 10);
    TokenStreams shard = TokenStreams.shard(corpus, plan, 1, 0);
    var first = new Minibatch(10, 2);
    var later = new Minibatch(10, 2);
    for (long i = 0; i < shard.minibatches(); i++) {
      long number = i + (1L << 33) * shard.minibatches();
      shard.reader().fill(first, i);
      shard.reader().fill(later, number);
      assertThat(later.inputs()).isEqualTo(first.inputs());
      assertThat(later.targets()).isEqualTo(first.targets());
      assertThat(shard.startsSequence(number)).isEqualTo(i == 0);
    }
  }

  /** Every token is a target once in an epoch, at other places of minibatches in each. */
  @Test
  void minibatchesOfVariedStepsCoverTheStreamsInEveryEpoch() {
    var plan = new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, 2, 1, 8, 1, 1000, true);
    TokenStreams shard = TokenStreams.shard(corpus, plan, 1, 3);
    TokenStreams other = TokenStreams.shard(corpus, plan, 0, 3);
    assertThat(shard.minibatches()).isEqualTo(TokenStreams.minibatches(corpus, plan));
    var orders = new HashSet<List<Integer>>();
    for (int epoch = 0; epoch < 4; epoch++) {
      var found = new ArrayList<Integer>();
      var steps = new ArrayList<Integer>();
      for (long i = 0; i < shard.minibatches(); i++) {
        long number = epoch * shard.minibatches() + i;
        assertThat(shard.startsSequence(number)).isEqualTo(i == 0);
        assertThat(other.steps(number)).isEqualTo(shard.steps(number));
        var minibatch = new Minibatch(shard.steps(number), 1);
        shard.reader().fill(minibatch, number);
        steps.add(minibatch.steps());
        Arrays.stream(minibatch.targets())
            .filter(target -> target != Minibatch.NO_TARGET)
            .forEach(target -> found.add(position(target)));
      }
      assertThat(found).isEqualTo(positions(51, 101));
      assertThat(corpus.steps(plan)).containsAll(steps);
      orders.add(steps);
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void streamsTravelBetweenProcesses() throws IOException, ClassNotFoundException {
    var plan = plan(2, 3, 4);
    TokenStreams shard = TokenStreams.shard(corpus, plan, 1, 0);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(shard);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var there = (TokenStreams) in.readObject();
      assertThat(targets(there, plan)).isEqualTo(targets(shard, plan));
    }
  }

  @Test
  void tooFewTokensNameWhatIsNeededAndWhatToLower() {
    assertThatThrownBy(() -> TokenStreams.deal(corpus, plan(2, 5, 11)))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: split train of ")
        .hasMessageEndingWith(
            "holds 101 tokens, but shards x train.batch x train.unroll + 1 = 2 x 5 x 11 + 1 = 111"
                + " are needed; lower one of them or bring more text");
    assertThatCode(() -> TokenStreams.deal(corpus, plan(2, 5, 10))).doesNotThrowAnyException();
    assertThatThrownBy(() -> TokenStreams.shard(corpus, plan(2, 51, 3), 0, 0))
        .hasMessageContaining("= 2 x 51 x 1 + 1 = 103 are needed");
  }

  @Test
  void anEmptySplitCannotBeCovered() {
    var nothing = new ShardPlan(Split.VALIDATION, DataOrder.CONTIGUOUS, 1, 1, 1, 1, 1);
    assertThatThrownBy(() -> TokenStreams.cover(corpus, nothing, 0))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: split validation of ")
        .hasMessageEndingWith("holds 0 tokens; there is nothing to predict");
  }

  @Test
  void impossiblePartsAndShapesAreRefused() {
    assertThatThrownBy(() -> TokenStreams.shard(corpus, plan(2, 1, 1), 2, 0))
        .hasMessage("shards: shard 2 of 2");
    assertThatThrownBy(() -> plan(1, 0, 3))
        .hasMessage(
            "shards: 1 shards in minibatches of 0 rows and 3 steps, 1 buckets and 1000 tokens in memory, each"
                + " must be >= 1");
    Shard.Reader two = TokenStreams.shard(corpus, plan(1, 2, 5), 0, 0).reader();
    assertThatThrownBy(() -> two.fill(new Minibatch(5, 3), 0))
        .hasMessage("streams: a minibatch of T = 5, B = 3 for 2 streams in steps of 5");
  }

  private static ShardPlan plan(int shards, int batch, int unroll) {
    return new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, shards, batch, unroll, 1, 1000);
  }

  /** Positions of all targets, minibatch after minibatch. */
  private static List<Integer> targets(TokenStreams streams, ShardPlan plan) {
    var found = new ArrayList<Integer>();
    var minibatch = new Minibatch(plan.unroll(), plan.batch());
    Shard.Reader reader = streams.reader();
    for (long i = 0; i < streams.minibatches(); i++) {
      reader.fill(minibatch, i);
      for (int target : minibatch.targets()) {
        if (target != Minibatch.NO_TARGET) {
          found.add(position(target));
        }
      }
    }
    return found;
  }

  private static int position(int id) {
    return corpus.vocabulary().token(id).codePointAt(0) - 0x4E00;
  }

  private static int id(int position) {
    return corpus.vocabulary().id(Character.toString(0x4E00 + position));
  }

  private static List<Integer> positions(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
