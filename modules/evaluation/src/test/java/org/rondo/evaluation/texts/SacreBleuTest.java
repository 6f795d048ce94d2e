package org.rondo.evaluation.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Against sacreBLEU itself, where a Python can import it. */
class SacreBleuTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-sacrebleu.py");
  private static final int CORPORA = 60;

  private static final String[] PIECES = {
    "a",
    "b",
    "cat",
    "Katze",
    "the",
    "\u00fcber",
    "3",
    "1,000.5",
    "2-3",
    "T-Shirt",
    "it's",
    ".",
    ",",
    "-",
    "--",
    "\"",
    "&quot;",
    "&amp;",
    "&lt;",
    "&",
    ";",
    "(",
    ")",
    "[x]",
    "{",
    "~",
    "_",
    "`",
    "@",
    "/",
    "\\",
    "$",
    "^",
    "\u201e",
    "\u201c",
    "\u2026",
    "\u00a0",
    "\u0085",
    "\u2003",
    "\u3000",
    "\u200b",
    "\uFEFF",
    "\u001c",
    "\t",
    "\r",
    "\uD83D\uDE00",
    "e\u0301",
    "\u4e2d\u6587",
    "<skipped>",
    "%",
    "+",
    "=",
  };

  private record Pair(String predicted, String reference) {}

  /** Words and marks by chance, with white space between them or without. */
  private static String text(Random random) {
    var text = new StringBuilder();
    for (int words = random.nextInt(20); words > 0; words--) {
      text.append(PIECES[random.nextInt(random.nextBoolean() ? 8 : PIECES.length)]);
      text.append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }

  /** A text with some of its words left out or changed. */
  private static String changed(String text, Random random) {
    var changed = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (random.nextInt(5) > 0) {
        changed.append(word).append(' ');
      }
      if (random.nextInt(6) == 0) {
        changed.append(PIECES[random.nextInt(PIECES.length)]).append(' ');
      }
    }
    return changed.toString();
  }

  private static List<Pair> corpus(Random random) {
    var pairs = new ArrayList<Pair>();
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      String reference = text(random);
      pairs.add(
          new Pair(random.nextInt(8) == 0 ? text(random) : changed(reference, random), reference));
    }
    return pairs;
  }

  private static double value(TextScore score, List<Pair> pairs) {
    var sums = new double[score.sums()];
    pairs.forEach(pair -> score.add(pair.predicted(), pair.reference(), sums));
    return score.value(sums);
  }

  @Test
  void figuresOfRandomCorporaAreTheSame() throws IOException, InterruptedException {
    assumeTrue(run("-c", "import sacrebleu"), PYTHON + " cannot import sacrebleu; see PYTHON");
    var random = new Random(7);
    var corpora = new ArrayList<List<Pair>>();
    var text = new StringBuilder();
    for (int c = 0; c < CORPORA; c++) {
      List<Pair> corpus = corpus(random);
      corpora.add(corpus);
      corpus.forEach(
          pair ->
              text.append(hex(pair.predicted()))
                  .append(' ')
                  .append(hex(pair.reference()))
                  .append('\n'));
      text.append('\n');
    }
    Path folder = Files.createDirectories(Path.of("target", "sacrebleu"));
    Path file = Files.writeString(folder.resolve("corpora.txt"), text);
    Path figures = folder.resolve("figures.txt");
    assertThat(run(SCRIPT.toString(), file.toString(), figures.toString())).isTrue();
    List<String> lines = Files.readAllLines(figures);
    assertThat(lines).hasSize(CORPORA + 1);
    assertThat(lines.get(0).split(" ", -1))
        .containsExactly(new Bleu().signature(), new Chrf().signature());
    for (int c = 0; c < CORPORA; c++) {
      String[] expected = lines.get(c + 1).split(" ", -1);
      assertThat(value(new Bleu(), corpora.get(c)))
          .as("BLEU of %s", corpora.get(c))
          .isCloseTo(Double.parseDouble(expected[0]), within(1e-9));
      assertThat(value(new Chrf(), corpora.get(c)))
          .as("chrF of %s", corpora.get(c))
          .isCloseTo(Double.parseDouble(expected[1]), within(1e-9));
    }
  }

  /** UTF-8 in hexadecimal, since texts hold whatever ends a line; of an empty one a hyphen. */
  private static String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
  }

  private static boolean run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "sacrebleu.log").toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
