package org.rondo.ingest;

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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      TokenStreams cover = TokenStreams.cover(corpus, Corpus.TRAIN, part, parts, streams);
      counted += cover.targets();
      targets.addAll(targets(cover, steps, cover.paddedMinibatches(steps)));
    }
    assertThat(targets).containsExactlyInAnyOrderElementsOf(positions(1, TOKENS));
    assertThat(counted).isEqualTo(TOKENS - 1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,10", "2,5", "3,7", "5,20", "2,50"})
  void shardsAreDisjointAndLeftoverIsCounted(int shards, int streams) {
    var targets = new ArrayList<Integer>();
    int length = (TOKENS - 1) / (shards * streams);
    for (int s = 0; s < shards; s++) {
      TokenStreams shard = TokenStreams.shard(corpus, Corpus.TRAIN, s, shards, streams);
      assertThat(shard.length()).isEqualTo(length);
      assertThat(shard.targets()).isEqualTo((long) streams * length);
      targets.addAll(targets(shard, 1, shard.minibatches(1)));
    }
    assertThat(targets)
        .containsExactlyInAnyOrderElementsOf(positions(1, 1 + shards * streams * length));
    assertThat(TokenStreams.leftover(corpus, Corpus.TRAIN, shards, streams, 1))
        .isEqualTo(TOKENS - 1 - targets.size());
  }

  @Test
  void stepsThatFillNoMinibatchAreLeftOver() {
    TokenStreams shard = TokenStreams.shard(corpus, Corpus.TRAIN, 0, 2, 2);
    long trained = 2 * 2 * 4L * shard.minibatches(4);

    assertThat(TokenStreams.leftover(corpus, Corpus.TRAIN, 2, 2, 4))
        .isPositive()
        .isEqualTo(TOKENS - 1 - trained);
  }

  @Test
  void rowsContinueInTheNextMinibatchAndTargetsFollowInputs() {
    TokenStreams shard = TokenStreams.shard(corpus, Corpus.TRAIN, 1, 2, 2); // 25 targets a stream
    var minibatch = new Minibatch(10, 2);
    assertThat(shard.minibatches(10)).isEqualTo(2);
    assertThat(shard.paddedMinibatches(10)).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      shard.fill(minibatch, i);
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
    TokenStreams whole = TokenStreams.shard(corpus, Corpus.TRAIN, 0, 1, 1);
    assertThat(targets(whole, 1, TOKENS - 1)).isEqualTo(positions(1, TOKENS));
  }

  @Test
  void streamsTravelBetweenProcesses() throws IOException, ClassNotFoundException {
    TokenStreams shard = TokenStreams.shard(corpus, Corpus.TRAIN, 1, 2, 3);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(shard);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var there = (TokenStreams) in.readObject();
      assertThat(targets(there, 4, 3)).isEqualTo(targets(shard, 4, 3));
    }
  }

  @Test
  void tooFewTokensNameWhatIsNeededAndWhatToLower() {
    assertThatThrownBy(() -> TokenStreams.requireMinibatch(corpus, Corpus.TRAIN, 2, 5, 11))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: split train of ")
        .hasMessageEndingWith(
            "holds 101 tokens, but shards x train.batch x train.unroll + 1 = 2 x 5 x 11 + 1 = 111"
                + " are needed; lower one of them or bring more text");
    assertThatCode(() -> TokenStreams.requireMinibatch(corpus, Corpus.TRAIN, 2, 5, 10))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TokenStreams.shard(corpus, Corpus.TRAIN, 0, 2, 51))
        .hasMessageContaining("= 2 x 51 x 1 + 1 = 103 are needed");
  }

  @Test
  void anEmptySplitCannotBeCovered() {
    assertThatThrownBy(() -> TokenStreams.cover(corpus, Corpus.VALIDATION, 0, 1, 1))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: split validation of ")
        .hasMessageEndingWith("holds 0 tokens; there is nothing to predict");
  }

  @Test
  void impossiblePartsAndShapesAreRefused() {
    assertThatThrownBy(() -> TokenStreams.shard(corpus, Corpus.TRAIN, 2, 2, 1))
        .hasMessage("streams: shard 2 of 2 with 1 streams");
    assertThatThrownBy(() -> TokenStreams.cover(corpus, Corpus.TRAIN, 0, 1, 0))
        .hasMessage("streams: part 0 of 1 with 0 streams");
    TokenStreams two = TokenStreams.shard(corpus, Corpus.TRAIN, 0, 1, 2);
    assertThatThrownBy(() -> two.fill(new Minibatch(5, 3), 0))
        .hasMessage("streams: a minibatch of 3 rows for 2 streams");
  }

  /** Positions of all targets, minibatch after minibatch. */
  private static List<Integer> targets(TokenStreams streams, int steps, int minibatches) {
    var found = new ArrayList<Integer>();
    var minibatch = new Minibatch(steps, streams.streams());
    for (int i = 0; i < minibatches; i++) {
      streams.fill(minibatch, i);
      for (int target : minibatch.targets()) {
        if (target != Minibatch.NO_TARGET) {
          found.add(corpus.vocabulary().token(target).codePointAt(0) - 0x4E00);
        }
      }
    }
    return found;
  }

  private static int id(int position) {
    return corpus.vocabulary().id(Character.toString(0x4E00 + position));
  }

  private static List<Integer> positions(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
