package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

class LineSequencesTest {
  private static final int MANY = 1 << 20;

  /** Between two lines. */
  private static final Pattern LINES = Pattern.compile("(?<=\n)");

  @TempDir private Path folder;

  /**
   * Lines of 0 to {@code longest - 1} letters, drawn from the seed; the last one may have no end.
   */
  private Corpus random(long seed, int lines, int longest) {
    CounterRandom random = CounterRandom.of(seed);
    CounterRandom letters = random.derive("letters");
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      int length = (int) (random.uniform(i) * longest);
      for (int c = 0; c < length; c++) {
        text.append((char) ('a' + (int) (letters.uniform(text.length()) * 26)));
      }
      text.append('\n');
    }
    text.append("end".repeat((int) (seed % 2)));
    return corpus(text.toString());
  }

  private Corpus corpus(String text) {
    Path file = Texts.write(folder.resolve("text-%08x".formatted(text.hashCode())), text);
    return Texts.prepare(Texts.whole(file, "characters"), folder.resolve(file + "-corpus"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void tokensOfShardsDifferByLessThanTwoLines(long seed) {
    int longest = 2 + (int) seed * 3;
    Corpus corpus = random(seed, 300, longest);
    int shards = 1 + (int) seed;
    Lines lines = Lines.of(corpus, Split.TRAIN);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int s = 0; s < shards; s++) {
      long tokens = lines.start(s + 1, shards) - lines.start(s, shards);
      least = Math.min(least, tokens);
      most = Math.max(most, tokens);
    }
    assertThat(lines.start(shards, shards)).isEqualTo(corpus.tokens(Split.TRAIN));
    // Both ends of a shard may move by a line without its last token; shares differ by a token.
    assertThat(most - least).isLessThanOrEqualTo(2L * (longest - 1) + 1);
  }

  @ParameterizedTest
  @CsvSource({"1,1,40", "1,7,40", "3,4,40", "4,5,6", "2,3,1"})
  void everyLineIsInEveryEpochOnce(int shards, int batch, int unroll) {
    Corpus corpus = random(3, 90, 30);
    var plan = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, shards, batch, unroll, 1, MANY);
    String text = Texts.text(corpus, Split.TRAIN);
    List<String> expected = pieces(text, unroll);
    for (long epoch = 0; epoch < 3; epoch++) {
      var found = new ArrayList<String>();
      for (int s = 0; s < shards; s++) {
        found.addAll(epoch(corpus, LineSequences.shard(corpus, plan, s, 7), plan, epoch));
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Lines with their ends, cut after every {@code unroll} characters. */
  private static List<String> pieces(String text, int unroll) {
    var pieces = new ArrayList<String>();
    for (String line : LINES.splitAsStream(text).toList()) {
      for (int i = 0; i < line.length(); i += unroll) {
        pieces.add(line.substring(i, Math.min(i + unroll, line.length())));
      }
    }
    return pieces;
  }

  /** As GPT-2's merges make one token of the two. */
  @Test
  void aTextWhoseEndsOfLinesAreMergedHasNoLines() {
    Vocabulary bytes =
        Tokenizer.named("bpe").vocabulary(new TokenCounts(), false, new VocabularyPlan(1, 257));
    Path file =
        Texts.write(
            folder.resolve("tokenizer.json"),
            bytes
                .tokenizerFile()
                .orElseThrow()
                .replace("\"<unk>\" : 0,", "\"<unk>\" : 0, \"\u010A\u010A\" : 257,")
                .replace("\"merges\" : [ ]", "\"merges\" : [ \"\u010A \u010A\" ]"));
    Path text = Texts.write(folder.resolve("text"), "a\n\nb\n");
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFraction(text.toString(), 0, 0),
            "bpe",
            VocabularyPlan.EVERYTHING,
            InvalidUtf8.REJECT,
            false,
            file.toString());
    Corpus corpus = Texts.prepare(plan, folder.resolve("merged"));
    assertThatThrownBy(() -> Lines.of(corpus, Split.TRAIN))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("tokens of data.tokenizer_file such as \"\u010A\u010A\" hold ends");
  }

  @Test
  void theOrderIsAFunctionOfSeedShardAndEpoch() {
    // The same lines in both shards, so that only the shard's number may tell their orders apart.
    var lines = new StringBuilder();
    for (char c = 'a'; c <= 'z'; c++) {
      lines.append(c).append('\n');
    }
    Corpus corpus = corpus(lines.toString().repeat(2));
    var plan = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 4, 5, 1, MANY);
    LineSequences shard = LineSequences.shard(corpus, plan, 0, 7);
    List<String> first = epoch(corpus, shard, plan, 0);

    assertThat(epoch(corpus, LineSequences.shard(corpus, plan, 0, 7), plan, 0)).isEqualTo(first);
    assertThat(epoch(corpus, shard, plan, 1)).isNotEqualTo(first);
    assertThat(epoch(corpus, LineSequences.shard(corpus, plan, 1, 7), plan, 0)).isNotEqualTo(first);
    assertThat(epoch(corpus, LineSequences.shard(corpus, plan, 0, 8), plan, 0)).isNotEqualTo(first);
    assertThat(first).doesNotHaveDuplicates().isNotEqualTo(first.stream().sorted().toList());
  }

  @Test
  void aReaderMayBeginAtAnyMinibatch() {
    Corpus corpus = random(4, 50, 20);
    var plan = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 3, 8, 1, MANY);
    LineSequences shard = LineSequences.shard(corpus, plan, 1, 7);
    Shard.Reader through = shard.reader();
    var expected = new Minibatch(8, 3);
    var actual = new Minibatch(8, 3);
    for (long number = 0; number < 3 * shard.minibatches(); number++) {
      through.fill(expected, number);
      shard.reader().fill(actual, number);
      assertThat(actual.inputs()).isEqualTo(expected.inputs());
      assertThat(actual.targets()).isEqualTo(expected.targets());
      assertThat(actual.lengths()).isEqualTo(expected.lengths());
      assertThat(shard.startsSequence(number)).isTrue();
    }
  }

  @Test
  void anEvaluationReadsLinesInTheOrderOfTheText() {
    Corpus corpus = corpus("one\ntwo\n\nthree");
    var plan = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 2, 4, 1, MANY);

    assertThat(epoch(corpus, LineSequences.part(corpus, plan, 0), plan, 0))
        .containsExactly("one\n", "two\n");
    assertThat(epoch(corpus, LineSequences.part(corpus, plan, 1), plan, 0))
        .containsExactly("\n", "thre", "e");
    assertThat(TextReading.SHUFFLED.targets(corpus, Split.TRAIN)).isEqualTo(14);
  }

  /** A line starts from the end of a line, a piece from the character before it. */
  @Test
  void rowsArePaddedAndPredictTheirFirstTokenToo() {
    Corpus corpus = corpus("ab\nc\nabcde");
    var plan = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 1, 3, 4, 1, MANY);
    Shard.Reader reader = LineSequences.part(corpus, plan, 0).reader();
    var minibatch = new Minibatch(4, 3);

    reader.fill(minibatch, 0);
    assertThat(minibatch.lengths()).containsExactly(3, 2, 4);
    assertThat(row(corpus, minibatch, minibatch.inputs(), 0)).isEqualTo("\nab");
    assertThat(row(corpus, minibatch, minibatch.targets(), 0)).isEqualTo("ab\n");
    assertThat(row(corpus, minibatch, minibatch.inputs(), 2)).isEqualTo("\nabc");
    reader.fill(minibatch, 1);
    assertThat(minibatch.lengths()).containsExactly(1, 0, 0);
    assertThat(row(corpus, minibatch, minibatch.inputs(), 0)).isEqualTo("d");
    assertThat(row(corpus, minibatch, minibatch.targets(), 0)).isEqualTo("e");
    assertThat(minibatch.targetCount()).isEqualTo(1);
  }

  @Test
  void whatIsCutAndWhatIsPaddingIsRemarked() {
    Corpus corpus = corpus("a\nb\nc\ndefghijklmno\n");
    Deal dealt =
        TextReading.SHUFFLED.deal(
            corpus, new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 1, 4, 10, 1, MANY));

    assertThat(dealt.leftover()).isZero();
    // 19 tokens in 5 pieces: two minibatches of 40 steps.
    assertThat(dealt.remarks())
        .containsExactly(
            "1 of 4 lines is longer than train.unroll = 10 tokens and is cut in pieces, each of"
                + " which starts from a hidden state of zeros",
            "76% of the steps of minibatches are padding: lines have 4.8 tokens on average,"
                + " train.unroll is 10");
    ShardPlan fitting = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 1, 13, 1, MANY);
    assertThat(TextReading.SHUFFLED.deal(corpus("abcdefghijkl\n".repeat(4)), fitting).remarks())
        .isEmpty();
  }

  @Test
  void textsThatCannotBeDealtAreRefusedBeforeTheJob() {
    var three = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 3, 1, 4, 1, MANY);
    assertThatThrownBy(() -> TextReading.SHUFFLED.deal(corpus("one line\nand another"), three))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: no line of the train split of ")
        .hasMessageEndingWith(
            ", which has 20 tokens, begins in shard 2 of 3; lower shards or bring more text");
    assertThatThrownBy(() -> TextReading.SHUFFLED.deal(corpus("no end of a line"), three))
        .hasMessageEndingWith(" has no end of a line, \"\\n\"")
        .hasMessageStartingWith("corpus: data.order = shuffled takes every line by itself");
    var small = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 1, 4, 1, 8);
    assertThatThrownBy(() -> TextReading.SHUFFLED.deal(corpus("12345678\n12345\n"), small))
        .hasMessageEndingWith(
            " holds 9 tokens; of shuffled lines data.shard_memory allows 8: raise it or the"
                + " number of parts, shards");
    assertThatThrownBy(() -> TextReading.SHUFFLED.requireParts(corpus("12345678\n12345\n"), small))
        .hasMessageEndingWith(
            " holds 9 tokens; of shuffled lines data.shard_memory allows 8: raise it or the"
                + " number of parts, evaluate.streams / evaluate.batch");
    TextReading.SHUFFLED.requireParts(corpus("1234567\n12345\n"), small); // 8 tokens fit
    Corpus lines = corpus("1\n2\n");
    var nothing = new ShardPlan(Split.VALIDATION, DataOrder.SHUFFLED, 1, 1, 1, 1, MANY);
    assertThatThrownBy(() -> LineSequences.part(lines, nothing, 0))
        .hasMessageEndingWith("holds 0 tokens; there is nothing to predict");
    assertThatThrownBy(() -> DataOrder.named("random"))
        .hasMessage("data.order = random: must be contiguous or shuffled");
  }

  /** The targets of an epoch, row after row. */
  private static List<String> epoch(
      Corpus corpus, LineSequences shard, ShardPlan plan, long epoch) {
    var found = new ArrayList<String>();
    var minibatch = new Minibatch(plan.unroll(), plan.batch());
    Shard.Reader reader = shard.reader();
    for (long i = 0; i < shard.minibatches(); i++) {
      reader.fill(minibatch, epoch * shard.minibatches() + i);
      for (int b = 0; b < plan.batch(); b++) {
        if (minibatch.lengths()[b] > 0) {
          found.add(row(corpus, minibatch, minibatch.targets(), b));
        }
      }
    }
    return found;
  }

  /** Row b of inputs or targets, without padding. */
  private static String row(Corpus corpus, Minibatch minibatch, int[] ids, int b) {
    return corpus
        .tokenizer()
        .join(
            IntStream.range(0, minibatch.lengths()[b])
                .mapToObj(t -> corpus.vocabulary().token(ids[t * minibatch.batch() + b]))
                .toList());
  }
}
