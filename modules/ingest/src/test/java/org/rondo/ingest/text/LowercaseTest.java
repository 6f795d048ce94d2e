package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.corpus.TemporaryCorpus;

class LowercaseTest {
  private static final String TEXT = "The TH\u00C9 \u0130I \uD801\uDC00 \u03A3\n";
  private static final String LOWERED = "the th\u00E9 ii \uD801\uDC28 \u03C3\n";

  @TempDir private Path folder;

  @Test
  void aTextIsLoweredAndItsVocabularyRemembers() {
    Corpus corpus = Texts.prepare(plan("characters", true), folder.resolve("corpus"));
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo(LOWERED);
    assertThat(corpus.vocabulary().lowercase()).isTrue();
    assertThat(Vocabulary.fromJson(corpus.vocabulary().toJson()).lowercase()).isTrue();
    assertThat(corpus.vocabulary().tokens("THE")).containsExactly("t", "h", "e");

    Corpus asItIs = Texts.prepare(plan("characters", false), folder.resolve("corpus"));
    assertThat(Texts.text(asItIs, Split.TRAIN)).isEqualTo(TEXT);
    assertThatThrownBy(
            () -> asItIs.vocabulary().requireSame(corpus.vocabulary(), "this", "the other"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("data.lowercase = false against true");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void whereATextIsCutInPiecesDoesNotMatter(int piece) {
    var tokens = new ArrayList<String>();
    Tokenizer.Cutter cutter =
        Tokenizer.named("characters")
            .cutter((chars, from, length) -> tokens.add(new String(chars, from, length)), true);
    char[] chars = TEXT.toCharArray();
    for (int from = 0; from < chars.length; ) {
      int end = Math.min(chars.length, from + piece);
      if (Character.isHighSurrogate(chars[end - 1])) {
        end++;
      }
      cutter.accept(chars, from, end - from);
      from = end;
    }
    assertThat(String.join("", tokens)).isEqualTo(LOWERED);
  }

  @Test
  void anotherLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(Tokenizer.named("words").tokens("ISTANBUL", true)).containsExactly("istanbul");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anotherTextIsEncodedByAGivenVocabularyAndLeavesNothing() {
    Vocabulary vocabulary =
        Texts.prepare(plan("words", true), folder.resolve("corpus")).vocabulary();
    Path other = Texts.write(folder.resolve("other"), "THE dog\n");
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFile(other.toString(), "", ""),
            "words",
            VocabularyPlan.EVERYTHING,
            InvalidUtf8.REJECT,
            true);
    Path place = folder.resolve("evaluation");
    try (TemporaryCorpus encoded =
        TemporaryCorpus.of(
            plan,
            Optional.of(vocabulary),
            Texts.hadoop(place),
            Texts.HADOOP,
            PrepareListener.SILENT)) {
      assertThat(Texts.text(encoded.corpus(), Split.TRAIN)).isEqualTo("the <unk>\n");
      assertThat(encoded.corpus().unknownShare(Split.TRAIN)).isEqualTo(1.0 / 3);
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("text", "other", "corpus");
  }

  private CorpusPlan plan(String tokenizer, boolean lowercase) {
    Path text = Texts.write(folder.resolve("text"), TEXT);
    return new CorpusPlan(
        new SplitPlan.ByFraction(text.toString(), 0, 0),
        tokenizer,
        VocabularyPlan.EVERYTHING,
        InvalidUtf8.REJECT,
        lowercase);
  }
}
