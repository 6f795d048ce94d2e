package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;

class VocabularyTest {
  @Test
  void idsStandByFrequencyThenText() {
    assertThat(tokens("c b b a a d a <unk> <unk> <unk> <unk>", new VocabularyPlan(1, 0)))
        .containsExactly("<unk>", "a", "b", "c", "d");
  }

  @Test
  void rareTokensAreUnknown() {
    Vocabulary vocabulary = of("c b b a a d a", new VocabularyPlan(2, 0));
    assertThat(tokens(vocabulary)).containsExactly("<unk>", "a", "b");
    assertThat(vocabulary.id("c")).isEqualTo(Vocabulary.UNKNOWN_ID);
    assertThat(vocabulary.id("b")).isEqualTo(2);
    assertThat(vocabulary.contains("c")).isFalse();
  }

  @Test
  void theMaximumCountsTheUnknownSymbol() {
    assertThat(tokens("c b b a a d a", new VocabularyPlan(1, 3)))
        .containsExactly("<unk>", "a", "b");
  }

  @Test
  void nothingFrequentEnoughIsAnError() {
    assertThatThrownBy(() -> of("a b c", new VocabularyPlan(2, 0)))
        .isInstanceOf(IngestException.class)
        .hasMessage("vocabulary: none of 3 tokens occurs 2 times in the training split");
  }

  @Test
  void manyTokensKeepTheirIds() {
    List<String> tokens =
        IntStream.range(0, 50_000).mapToObj(i -> i == 0 ? "<unk>" : "w" + i).toList();
    var vocabulary = new Vocabulary("words", tokens);
    for (int id = 0; id < tokens.size(); id++) {
      assertThat(vocabulary.id(tokens.get(id))).isEqualTo(id);
    }
    assertThat(vocabulary.id("w50000")).isEqualTo(Vocabulary.UNKNOWN_ID);
  }

  @Test
  void countsOfPartsAddUp() {
    TokenCounts counts = counts("a b a");
    counts.merge(counts("b b c a d"));
    Vocabulary vocabulary = counts.vocabulary("words", false, new VocabularyPlan(2, 0));
    assertThat(tokens(vocabulary)).containsExactly("<unk>", "a", "b");
    assertThat(counts.total()).isEqualTo(8);
    assertThat(counts.unknown(vocabulary)).isEqualTo(2);
  }

  private static TokenCounts counts(String words) {
    var counts = new TokenCounts();
    List.of(words.split(" ")).forEach(counts::token);
    return counts;
  }

  @Test
  void jsonKeepsEverything() {
    var vocabulary =
        new Vocabulary("characters", List.of("<unk>", "\n", "\"", "\uD83D\uDE00", "\u0000"));
    Vocabulary read = Vocabulary.fromJson(vocabulary.toJson());
    assertThat(tokens(read)).isEqualTo(tokens(vocabulary));
    assertThat(read.tokenizer()).isEqualTo("characters");
    assertThat(read.sha256()).isEqualTo(vocabulary.sha256()).hasSize(64);
  }

  @Test
  void brokenJsonIsAnError() {
    assertThatThrownBy(() -> Vocabulary.fromJson("{\"tokenizer\": \"words\", \"tokens\": ["))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("vocabulary: ");
    assertThatThrownBy(() -> new Vocabulary("words", List.of("<unk>", "a", "a")))
        .hasMessage("vocabulary: token \"a\" comes twice, again as id 2");
    assertThatThrownBy(() -> new Vocabulary("words", List.of("a")))
        .hasMessage("vocabulary: the first token must be <unk>");
  }

  @Test
  void anotherVocabularyIsRefusedWithTheFirstDifference() {
    var corpus = new Vocabulary("words", List.of("<unk>", "a", "b"));
    assertThatThrownBy(
            () ->
                corpus.requireSame(
                    new Vocabulary("words", List.of("<unk>", "a", "c", "d")), "corpus X", "ckpt Y"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("that of corpus X (3 tokens, sha256 ")
        .hasMessageContaining("is not that of ckpt Y (4 tokens, sha256 ")
        .hasMessageEndingWith("first at id 2: \"b\" against \"c\"");
    assertThatThrownBy(
            () -> corpus.requireSame(new Vocabulary("words", List.of("<unk>", "a")), "X", "Y"))
        .hasMessageEndingWith("first at id 2: \"b\" against nothing");
    assertThatThrownBy(
            () ->
                corpus.requireSame(
                    new Vocabulary("characters", List.of("<unk>", "a", "b")), "X", "Y"))
        .hasMessageEndingWith("tokenizer words against characters");
    assertThatCode(
            () -> corpus.requireSame(new Vocabulary("words", List.of("<unk>", "a", "b")), "X", "Y"))
        .doesNotThrowAnyException();
  }

  private static Vocabulary of(String words, VocabularyPlan plan) {
    var counts = new TokenCounts();
    Tokenizer.Cutter cutter = Tokenizer.named("words").cutter(counts);
    cutter.accept(words.toCharArray(), 0, words.length());
    cutter.flush();
    return counts.vocabulary("words", false, plan);
  }

  private static List<String> tokens(String words, VocabularyPlan plan) {
    return tokens(of(words, plan));
  }

  private static List<String> tokens(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toList();
  }
}
