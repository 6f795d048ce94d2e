package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {
  private static final String FACE = "\uD83D\uDE00";

  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of("characters", "a\r\nb", List.of("a", "\r", "\n", "b")),
        Arguments.of("characters", "x" + FACE + "y", List.of("x", FACE, "y")),
        Arguments.of("characters", "\n\n", List.of("\n", "\n")),
        Arguments.of("characters", "e\u0301", List.of("e", "\u0301")),
        Arguments.of("characters", "\uFEFFa\u0000", List.of("\uFEFF", "a", "\u0000")),
        Arguments.of("characters", "", List.of()),
        Arguments.of("words", "a b\r\nc\r\n", List.of("a", "b", "<eos>", "c", "<eos>")),
        Arguments.of("words", "a " + FACE + FACE + "\n", List.of("a", FACE + FACE, "<eos>")),
        Arguments.of("words", "\n\n", List.of("<eos>", "<eos>")),
        Arguments.of("words", "a\n\nb\n", List.of("a", "<eos>", "<eos>", "b", "<eos>")),
        Arguments.of("words", "no newline", List.of("no", "newline", "<eos>")),
        Arguments.of("words", "\t a \u3000 b \n", List.of("a", "b", "<eos>")),
        Arguments.of("words", "the <unk> of", List.of("the", "<unk>", "of", "<eos>")),
        Arguments.of("words", "  ", List.of("<eos>")),
        Arguments.of("words", "", List.of()),
        Arguments.of(
            "words-and-marks",
            "It's 3.5!\r\nNo...",
            List.of("It", "'", "s", "3", ".", "5", "!", "<eos>", "No", ".", ".", ".", "<eos>")),
        Arguments.of("words-and-marks", "a_b-c", List.of("a", "_", "b", "-", "c", "<eos>")),
        Arguments.of("words-and-marks", "e\u0301te\u0301", List.of("e\u0301te\u0301", "<eos>")),
        Arguments.of(
            "words-and-marks",
            "\u0928\u092E\u0938\u094D\u0924\u0947\u0964",
            List.of("\u0928\u092E\u0938\u094D\u0924\u0947", "\u0964", "<eos>")),
        Arguments.of("words-and-marks", "x" + FACE + FACE, List.of("x", FACE, FACE, "<eos>")),
        Arguments.of("words-and-marks", "\uD835\uDC00b", List.of("\uD835\uDC00b", "<eos>")),
        Arguments.of("words-and-marks", "<br />", List.of("<", "br", "/", ">", "<eos>")),
        Arguments.of("words-and-marks", "\n", List.of("<eos>")),
        Arguments.of("words-and-marks", "", List.of()),
        Arguments.of(
            "words-and-joined-marks",
            "It's (3.5).\r\nT-Shirt ...\n",
            List.of(
                "It",
                "\uFFED'\uFFED",
                "s",
                "(\uFFED",
                "3",
                "\uFFED.\uFFED",
                "5",
                "\uFFED)",
                "\uFFED.",
                "<eos>",
                "T",
                "\uFFED-\uFFED",
                "Shirt",
                ".",
                "\uFFED.",
                "\uFFED.",
                "<eos>")),
        Arguments.of("words-and-joined-marks", "a\uFFED", List.of("a", "\uFFED\u25A0", "<eos>")),
        Arguments.of("words-and-joined-marks", FACE + "x", List.of(FACE + "\uFFED", "x", "<eos>")),
        Arguments.of(
            "unicode-words",
            "It can't be 3.5!\r\n\nNo...",
            List.of(
                "It", "can't", "be", "3.5", "!", "<eos>", "<eos>", "No", ".", ".", ".", "<eos>")),
        Arguments.of(
            "unicode-words", "e\u0301te\u0301\u00A0a", List.of("e\u0301te\u0301", "a", "<eos>")),
        Arguments.of("unicode-words", " \n ", List.of("<eos>", "<eos>")),
        Arguments.of("unicode-words", "", List.of()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void cutsAFileIntoTokens(String tokenizer, String file, List<String> tokens) {
    assertThat(cut(tokenizer, file, Integer.MAX_VALUE)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theSizeOfThePiecesDoesNotMatter(String tokenizer, String file, List<String> tokens) {
    assertThat(cut(tokenizer, file, 1)).isEqualTo(tokens);
  }

  @Test
  void aFragmentLeavesItsLastLineOpen() {
    assertThat(Tokenizer.named("words").tokens("one\ntwo th", false))
        .containsExactly("one", "<eos>", "two", "th");
  }

  @Test
  void charactersJoinToTheVeryText() {
    String text = "a\r\n\n " + FACE + "\tz";
    Tokenizer characters = Tokenizer.named("characters");
    assertThat(characters.join(characters.tokens(text, false))).isEqualTo(text);
  }

  @Test
  void wordsJoinWithSpacesAndLines() {
    assertThat(Tokenizer.named("words").join(List.of("a", "b", "<eos>", "<eos>", "c", "<eos>")))
        .isEqualTo("a b\n\nc\n");
  }

  @Test
  void marksJoinAsEnglishHasThem() {
    Tokenizer marks = Tokenizer.named("words-and-marks");
    String text = "Well, it's (not) bad: 5 stars!\nYes.";
    assertThat(marks.join(marks.tokens(text, false))).isEqualTo(text);
  }

  @Test
  void joinedMarksJoinToTheTextButForTheWidthOfGaps() {
    Tokenizer marks = Tokenizer.named("words-and-joined-marks");
    String text = "\u201eJa\u201c, (sagt -er): T-Shirt 3,5% - \"genau\" ...!\n x/y_z\n\n.";
    assertThat(marks.join(marks.tokens(text, false))).isEqualTo(text.replace("\n x", "\nx"));
    assertThat(marks.join(marks.tokens("a  \t b\u3000.", false))).isEqualTo("a b .");
  }

  @Test
  void anOverlongRunIsUnknown() {
    String longest = "x".repeat(WordTokenizer.MAXIMUM_WORD);
    assertThat(cut("words", longest + " " + longest + "x b", 100))
        .containsExactly(longest, Vocabulary.UNKNOWN, "b", "<eos>");
  }

  @Test
  void aLineOfUnicodeWordsIsCutInPartsBetweenWords() {
    String line = "word, ".repeat(20_000);
    assertThat(cut("unicode-words", line, 7)).isEqualTo(cut("words-and-marks", line, 1000));
    assertThat(cut("unicode-words", "x".repeat(200_000) + " b", 1000))
        .containsExactly(Vocabulary.UNKNOWN, "b", "<eos>");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Tokenizer.named("word"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "data.tokenizer = word: no such tokenizer; there are [bpe, characters, unicode-words, words, words-and-joined-marks, words-and-marks]");
  }

  /** Pieces of at most {@code size} code points, as a decoder hands them over. */
  private static List<String> cut(String tokenizer, String file, int size) {
    var tokens = new ArrayList<String>();
    Tokenizer.Cutter cutter =
        Tokenizer.named(tokenizer)
            .cutter((chars, from, length) -> tokens.add(new String(chars, from, length)));
    int[] points = file.codePoints().toArray();
    for (int at = 0; at < points.length; at += Math.min(size, points.length)) {
      char[] piece = new String(points, at, Math.min(size, points.length - at)).toCharArray();
      cutter.accept(piece, 0, piece.length);
    }
    cutter.endFile();
    return tokens;
  }
}
