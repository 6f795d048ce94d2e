package org.rondo.frames.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.SharedSpark;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;

/** What tasks prepare of parts of a text is what one process prepares of the whole. */
class TextPreparationTest {
  @TempDir private Path folder;
  private int prepared;

  @BeforeEach
  void writeTexts() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (String name : new String[] {"a", "b", "c"}) {
      var text = new StringBuilder();
      for (int i = 0; i < 120; i++) {
        text.append(i % 7 == 0 ? "\n" : "")
            .append(name)
            .append(" line ")
            .append(i * i % 31)
            .append('\n');
      }
      Files.writeString(texts.resolve(name + ".txt"), text);
    }
    Files.write(texts.resolve("d.txt"), "caf\u00E9\nend".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void tasksWriteTheIdsOfOneProcess() {
    String texts = folder.resolve("texts").toString();
    String one = texts + "/b.txt";
    requireEqual(new SplitPlan.ByFraction(texts, 0.2, 0.13), "words", 300);
    requireEqual(new SplitPlan.ByFraction(texts, 0.1, 0), "bpe", 290);
    requireEqual(new SplitPlan.ByFractionAndFile(texts, 0.3, 0, "", one), "characters", 0);
    requireEqual(new SplitPlan.ByFile(texts, one, one), "unicode-words", 12);
  }

  private void requireEqual(SplitPlan splits, String tokenizer, int vocabulary) {
    var plan =
        new CorpusPlan(
            splits, tokenizer, new VocabularyPlan(1, vocabulary), InvalidUtf8.REPLACE, true);
    Corpus whole = Corpus.prepare(plan, place(), new Configuration(), PrepareListener.SILENT);
    Corpus parts = new TextPreparation(SharedSpark.session(), plan, 97, 0).prepare(place());

    assertThat(parts.vocabulary().sha256()).isEqualTo(whole.vocabulary().sha256());
    assertThat(parts.replaced()).isEqualTo(whole.replaced()).isPositive();
    for (String split : Split.NAMES) {
      assertThat(parts.fingerprint(split)).as(split).isEqualTo(whole.fingerprint(split));
      assertThat(parts.unknown(split)).as(split).isEqualTo(whole.unknown(split));
    }
    assertThat(Corpus.find(plan, parts.folder(), new Configuration())).isPresent();
  }

  @Test
  void whatIsWrongWithATextIsSaidAsByOneProcess() {
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFraction(folder.resolve("texts").toString(), 0.1, 0),
            "words",
            new VocabularyPlan(1, 0),
            InvalidUtf8.REJECT);

    assertThatThrownBy(
            () -> new TextPreparation(SharedSpark.session(), plan, 97, 0).prepare(place()))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("d.txt, line 1: byte 3 (0xE9) is not UTF-8");
    assertThat(folder.resolve("out" + prepared)).doesNotExist();
  }

  private org.apache.hadoop.fs.Path place() {
    return new org.apache.hadoop.fs.Path(folder.resolve("out" + ++prepared).toUri());
  }
}
