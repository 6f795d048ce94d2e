package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;

class TokenizerFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWrittenIsReadAgain(boolean lowercase) {
    Vocabulary vocabulary = trained(lowercase);
    Path file = Texts.write(folder.resolve("t.json"), TokenizerFile.of(vocabulary));
    assertThat(read(file, false).toJson()).isEqualTo(vocabulary.toJson());
  }

  /** As in GPT-2's own file: merges in one text, a special token, no unknown symbol at all. */
  @Test
  void ofAFileWithoutAnUnknownSymbolAllIdsAreOneHigher() {
    String file =
        TokenizerFile.of(trained(false))
            .replaceFirst("\"<unk>\" : 0,", "\"<|end|>\" : 0,")
            .replaceAll("\\[ \"([^\"]+)\", \"([^\"]+)\" \\]", "\"$1 $2\"")
            .replace(
                "\"added_tokens\" : [ ]",
                "\"added_tokens\" : [ {\"id\": 0, \"content\": \"<|end|>\", \"special\": true} ]");
    Vocabulary read = read(Texts.write(folder.resolve("t.json"), file), false);
    assertThat(read.token(0)).isEqualTo("<unk>");
    assertThat(read.token(1)).isEqualTo("<|end|>");
    assertThat(read.merges()).isEqualTo(trained(false).merges());
    int[] ids = trained(false).ids("low <|end|>");
    assertThat(read.ids("low <|end|>")).containsExactly(add(ids, 1)).doesNotContain(0, 1);
  }

  @Test
  void aModelOfNoTypeIsKnownByItsMerges() {
    String file = TokenizerFile.of(trained(false)).replaceFirst("\"type\" : \"BPE\",", "");
    assertThat(read(Texts.write(folder.resolve("t.json"), file), false).toJson())
        .isEqualTo(trained(false).toJson());
    Path other = Texts.write(folder.resolve("o.json"), file.replace("\"merges\"", "\"others\""));
    assertThatThrownBy(() -> read(other, false))
        .hasMessageEndingWith(" as GPT-2's is: its model is of no type, not BPE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"type\" : \"BPE\"; \"type\" : \"WordPiece\"; its model is WordPiece, not BPE",
        "\"type\" : \"ByteLevel\"; \"type\" : \"Whitespace\"; its pre_tokenizer is Whitespace",
        "\"add_prefix_space\" : false; \"add_prefix_space\" : true; its pre_tokenizer.add_prefix_space is true",
        "\"use_regex\" : true; \"use_regex\" : false; its pre_tokenizer.use_regex is false",
        "\"normalizer\" : null; \"normalizer\" : {\"type\" : \"NFKC\"}; its normalizer is NFKC",
        "\"post_processor\" : null; \"post_processor\" : {\"type\" : \"TemplateProcessing\"}; its post_processor is TemplateProcessing",
        "\"unk_token\" : null; \"unk_token\" : \"<unk>\"; its model.unk_token is \"<unk>\"",
        "\"byte_fallback\" : false; \"byte_fallback\" : true; its model.byte_fallback is true",
        "\"dropout\" : null; \"dropout\" : 0.1; its model.dropout is 0.1",
        "\"!\" : 34,; ; no token has the id 34",
        "\"!\" : 34,; \"!\" : 35,; has the id 35, and so has",
        "\"!\" : 34; \"?!\" : 34; the vocabulary lacks byte 0x21",
        "[ \"l\"; [ \"\u20AC\"; the vocabulary lacks one of the two",
        "\"model\"; \"other\"; its model is",
      })
  void anotherKindIsRefusedByTheNameOfTheComponent(String part, String other, String problem) {
    String file = TokenizerFile.of(trained(false));
    assertThat(file).contains(part);
    String crafted =
        file.replaceFirst(java.util.regex.Pattern.quote(part), other == null ? "" : other);
    Path path = Texts.write(folder.resolve("t.json"), crafted);
    assertThatThrownBy(() -> read(path, false))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("data.tokenizer_file: " + path + " is no byte-level")
        .hasMessageContaining(problem);
  }

  @Test
  void aCorpusIsEncodedByItAndHoldsItAgain() {
    Vocabulary vocabulary = trained(false);
    Path file = Texts.write(folder.resolve("t.json"), TokenizerFile.of(vocabulary));
    String original = "low\r\n lower \uD83D\uDE00\n\n newest";
    Path text = Texts.write(folder.resolve("text"), original);
    Corpus corpus = Texts.prepare(plan(text, file), folder.resolve("corpus"));
    assertThat(corpus.vocabulary().toJson()).isEqualTo(vocabulary.toJson());
    assertThat(corpus.read(Split.TRAIN, 0, (int) corpus.tokens(Split.TRAIN)))
        .isEqualTo(vocabulary.ids(original));
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo(original);
    assertThat(corpus.dictionaries()).containsEntry("tokenizer.json", TokenizerFile.of(vocabulary));
    assertThat(folder.resolve("corpus/tokenizer.json")).hasContent(TokenizerFile.of(vocabulary));

    Texts.write(file, TokenizerFile.of(trained(true)));
    assertThat(Texts.prepare(plan(text, file), folder.resolve("corpus")).folder())
        .isNotEqualTo(corpus.folder());
  }

  private static CorpusPlan plan(Path text, Path file) {
    return new CorpusPlan(
        new SplitPlan.ByFraction(text.toString(), 0, 0),
        "bpe",
        VocabularyPlan.EVERYTHING,
        InvalidUtf8.REJECT,
        false,
        file.toString());
  }

  private static Vocabulary trained(boolean lowercase) {
    Tokenizer bpe = Tokenizer.named("bpe");
    var words = new TokenCounts();
    bpe.tokens("low lower lowest newer newest \u00E9\u00E9 \u00E9", lowercase)
        .forEach(words::token);
    return bpe.vocabulary(words, lowercase, new VocabularyPlan(1, 270));
  }

  private static Vocabulary read(Path file, boolean lowercase) {
    return TokenizerFile.read(file.toString(), lowercase, Texts.HADOOP);
  }

  private static int[] add(int[] ids, int more) {
    return java.util.Arrays.stream(ids).map(id -> id + more).toArray();
  }
}
