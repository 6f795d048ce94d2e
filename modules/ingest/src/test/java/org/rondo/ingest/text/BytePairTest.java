package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;

class BytePairTest {
  private static final Tokenizer BPE = Tokenizer.named("bpe");

  /** GPT-2's, with Unicode's white space. */
  private static final Pattern PATTERN =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** The example of Sennrich et al. 2016, merged to the end by hand. */
  @Test
  void mergesTheMostFrequentPairAndOfEqualOnesTheFirstByItsBytes() {
    Map<String, Integer> words = new TreeMap<>();
    words.put("low", 5);
    words.put("lower", 2);
    words.put("newest", 6);
    words.put("widest", 3);
    assertThat(trained(words, 0).merges())
        .containsExactly(
            "e s", "es t", "l o", "lo w", "e w", "ew est", "n ewest", "d est", "i dest", "w idest",
            "e r", "low er");
    assertThat(trained(words, 257 + 3).merges()).containsExactly("e s", "es t", "l o");
  }

  @Test
  void wordsThatComeInAnotherOrderAndInPartsGiveTheSameMerges() {
    List<String> texts = GeneratedTexts.of(1, 100).toList();
    var whole = new TokenCounts();
    texts.forEach(text -> count(text, whole));
    var first = new TokenCounts();
    var second = new TokenCounts();
    for (int i = texts.size() - 1; i >= 0; i--) {
      count(texts.get(i), i % 3 == 0 ? first : second);
    }
    second.merge(first);
    var plan = new VocabularyPlan(2, 600);
    assertThat(BPE.vocabulary(second, false, plan).toJson())
        .isEqualTo(BPE.vocabulary(whole, false, plan).toJson());
  }

  @Test
  void linesEndInATokenOfTheirOwn() {
    Vocabulary vocabulary = trained(Map.of("\n\n", 9, "ab", 1, "  ", 1), 0);
    assertThat(vocabulary.merges()).containsExactly("\u0120 \u0120", "a b");
    assertThat(vocabulary.tokens("ab\n\n\n"))
        .containsExactly("ab", BPE.lineEnd(), BPE.lineEnd(), BPE.lineEnd());
  }

  @Test
  void cutsAsThePatternOfGpt2() {
    GeneratedTexts.of(2, 2000)
        .forEach(
            text -> {
              List<String> matches =
                  PATTERN.matcher(text).results().map(match -> match.group()).toList();
              assertThat(BPE.tokens(text, false)).as(text).isEqualTo(matches);
              assertThat(inPieces(text)).as(text).isEqualTo(matches);
            });
  }

  @Test
  void encodesAsMergingPairByPairDoes() {
    Vocabulary vocabulary = ofGeneratedTexts();
    GeneratedTexts.of(4, 500)
        .forEach(
            text -> {
              List<String> expected = new ArrayList<>();
              BPE.tokens(text, false).forEach(word -> expected.addAll(slowly(word, vocabulary)));
              assertThat(vocabulary.tokens(text)).as(text).isEqualTo(expected);
            });
  }

  @Test
  void tokensAreTheVeryTextAgain() {
    Vocabulary vocabulary = ofGeneratedTexts();
    GeneratedTexts.of(5, 2000)
        .forEach(
            text -> {
              List<String> tokens = vocabulary.tokens(text);
              assertThat(BPE.join(tokens)).isEqualTo(text);
              assertThat(vocabulary.ids(text)).doesNotContain(Vocabulary.UNKNOWN_ID);
            });
  }

  @Test
  void halfACharacterIsReplaced() {
    List<String> tokens = trained(Map.of("a", 1), 0).tokens("\u00E9");
    assertThat(tokens).containsExactly("\u00C3", "\u00A9");
    assertThat(BPE.join(tokens.subList(0, 1))).isEqualTo("\uFFFD");
  }

  @Test
  void aRunOfAnyLengthIsCutAndStaysTheText() {
    String run = "x".repeat(SplitPattern.MAXIMUM_WORD) + "xy";
    assertThat(BPE.tokens(run, false)).extracting(String::length).containsExactly(1 << 16, 2);
    Vocabulary vocabulary = trained(Map.of("xxxx", 1), 0);
    assertThat(BPE.join(vocabulary.tokens(run))).isEqualTo(run);
  }

  @Test
  void halfOfASurrogatePairIsNoText() {
    for (String text : List.of("a\uD83D", "\uDE00", "\uD83Db")) {
      assertThatThrownBy(() -> BPE.tokens(text, false))
          .isInstanceOf(IngestException.class)
          .hasMessageMatching("text: U\\+D[8E][03][0D] is half of a surrogate pair.*");
    }
  }

  private static Vocabulary ofGeneratedTexts() {
    var words = new TokenCounts();
    GeneratedTexts.of(3, 200).forEach(text -> count(text, words));
    return BPE.vocabulary(words, false, new VocabularyPlan(1, 900));
  }

  private static void count(String text, TokenCounts words) {
    BPE.tokens(text, false).forEach(words::token);
  }

  private static Vocabulary trained(Map<String, Integer> counts, int size) {
    var words = new TokenCounts();
    counts.forEach(
        (word, count) -> {
          for (int i = 0; i < count; i++) {
            words.token(word);
          }
        });
    return BPE.vocabulary(words, false, new VocabularyPlan(1, size));
  }

  private static List<String> inPieces(String text) {
    var words = new ArrayList<String>();
    Tokenizer.Cutter cutter =
        BPE.cutter((chars, from, length) -> words.add(new String(chars, from, length)));
    text.codePoints()
        .mapToObj(Character::toChars)
        .forEach(chars -> cutter.accept(chars, 0, chars.length));
    cutter.endFile();
    return words;
  }

  /** The definition: the first merge that any two neighbours have, where it is leftmost. */
  private static List<String> slowly(String word, Vocabulary vocabulary) {
    var tokens = new ArrayList<String>();
    for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
      tokens.add(String.valueOf(ByteAlphabet.of(each & 0xFF)));
    }
    List<String> merges = vocabulary.merges();
    while (true) {
      int best = merges.size();
      int at = -1;
      for (int i = 0; i + 1 < tokens.size(); i++) {
        int rank = merges.indexOf(tokens.get(i) + " " + tokens.get(i + 1));
        if (rank >= 0 && rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return tokens;
      }
      tokens.set(at, tokens.get(at) + tokens.remove(at + 1));
    }
  }
}
