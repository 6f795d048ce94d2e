package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.VocabularyPlan;

class TextSizeTest {
  @TempDir private Path folder;

  /** Three words in two lines, one with a letter of two bytes. */
  @ParameterizedTest
  @CsvSource({"characters,14", "words,5", "bpe,11"})
  void countsTheTextWhateverItsTokensAre(String tokenizer, long tokens) {
    Path text = Texts.write(folder.resolve("text"), "low lower\nn\u00E9w\n");
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFraction(text.toString(), 0, 0),
            tokenizer,
            // bpe merges l and o, then lo and w, which both come twice.
            new VocabularyPlan(1, 259),
            InvalidUtf8.REJECT);
    Corpus corpus = Texts.prepare(plan, folder.resolve("corpus"));
    TextSize size = TextSize.of(corpus, Split.TRAIN);
    assertThat(size).isEqualTo(new TextSize(tokens, 5, 14, 15));
    assertThat(size.lossPerWord(2)).isEqualTo(2.0 * tokens / 5);
    assertThat(size.bitsPerCharacter(1)).isEqualTo(tokens / (14 * Math.log(2)), within(1e-12));
    assertThat(size.bitsPerByte(1)).isEqualTo(tokens / (15 * Math.log(2)), within(1e-12));
  }

  @Test
  void anUnknownCharacterIsOneCharacter() {
    Path text = Texts.write(folder.resolve("text"), "aa bb\na b \u00E9c\n");
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFraction(text.toString(), 0, 0),
            "characters",
            new VocabularyPlan(2, 0),
            InvalidUtf8.REJECT);
    Corpus corpus = Texts.prepare(plan, folder.resolve("corpus"));
    assertThat(corpus.unknown(Split.TRAIN)).isEqualTo(2);
    assertThat(TextSize.of(corpus, Split.TRAIN)).isEqualTo(new TextSize(13, 7, 13, 13));
  }
}
