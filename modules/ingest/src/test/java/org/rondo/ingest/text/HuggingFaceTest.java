package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Texts;

/** Byte pair encoding against Hugging Face's library, by scripts/check-tokenizers.py. */
class HuggingFaceTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-tokenizers.py");

  private final Path folder = Path.of("target", "tokenizers");

  @Test
  void idsAreThoseOfTheLibraryWhoeverLearnedTheMerges() throws Exception {
    Files.createDirectories(folder);
    assumeTrue(
        run("import.txt", PYTHON, "-c", "import tokenizers") == 0,
        PYTHON + " cannot import tokenizers; the environment variable PYTHON names another one");
    List<String> texts = GeneratedTexts.of(6, 5000).toList();
    write("texts.json", JsonFile.text(texts));
    run("train");

    encode("ours", texts, write(learned(texts, false), "ours.json"));
    encode("lowered", texts, write(learned(texts, true), "lowered.json"));
    String file = folder.resolve("theirs.json").toString();
    encode("theirs", texts, TokenizerFile.read(file, false, Texts.HADOOP));
    run("compare");
  }

  private static Vocabulary learned(List<String> texts, boolean lowercase) {
    Tokenizer bpe = Tokenizer.named("bpe");
    var words = new TokenCounts();
    texts.forEach(text -> bpe.tokens(text, lowercase).forEach(words::token));
    return bpe.vocabulary(words, lowercase, new VocabularyPlan(1, 800));
  }

  private Vocabulary write(Vocabulary vocabulary, String name) {
    write(name, TokenizerFile.of(vocabulary));
    return vocabulary;
  }

  private void encode(String name, List<String> texts, Vocabulary vocabulary) {
    write(name + ".ids.json", JsonFile.text(texts.stream().map(vocabulary::ids).toList()));
  }

  private void write(String name, String text) {
    Texts.write(folder.resolve(name), text);
  }

  private void run(String mode) throws IOException, InterruptedException {
    String report = mode + ".txt";
    int exit = run(report, PYTHON, SCRIPT.toString(), mode, folder.toString());
    assertThat(exit).as(Files.readString(folder.resolve(report))).isZero();
  }

  private int run(String report, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(report).toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no such program
    }
  }
}
