package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.testkit.DocSnippets;
import org.rondo.testkit.DocSnippets.Snippet;

/** The programs in Python that the documents show, run on a model as the page exports it. */
final class DocPythonTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path ROOT = Path.of("../..");

  /** The second program's model on the ids of the first one. */
  private static final String COMPARISON =
      """

      theirs = model.eval()(torch.from_numpy(ids[:, :, 0])).detach().numpy()
      numpy.testing.assert_allclose(theirs, logits, atol=1e-5)
      """;

  @TempDir private Path folder;

  @Test
  void theProgramsOfTheExportPageGiveOneModelsScores() throws Exception {
    List<Snippet> programs = DocSnippets.in(ROOT.resolve("docs/export.md"), "python");
    assertThat(programs).hasSize(2);
    assumeTrue(
        run("-c", "import numpy, onnxruntime, safetensors.torch, torch") == 0,
        PYTHON + " cannot import numpy, onnxruntime, safetensors and torch; set PYTHON to one");
    String conf = configuration();
    assertSucceeds(CommandLineRun.of("train", conf));
    for (String file : List.of("sentiment.onnx", "sentiment.safetensors")) {
      assertSucceeds(
          CommandLineRun.of("export", conf, "--output", folder.resolve(file).toString()));
    }

    String program =
        programs.stream().map(Snippet::code).collect(Collectors.joining("\n")) + COMPARISON;
    Files.writeString(folder.resolve("programs.py"), program);

    assertThat(run("programs.py")).as(Files.readString(folder.resolve("output.txt"))).isZero();
  }

  @Test
  void noOtherPageHasAProgramThatNoTestRuns() throws IOException {
    for (Path page : DocSnippets.pages(ROOT)) {
      if (!page.endsWith("export.md")) {
        assertThat(DocSnippets.in(page, "python")).isEmpty();
      }
    }
  }

  /** Of the network that conf/sentiment.conf describes, small, over twenty words. */
  private String configuration() throws IOException {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      rows.add("%s\t1\t1\tword%d word%d".formatted(i % 2 == 0 ? "pos" : "neg", i % 20, i * 7 % 20));
    }
    Path data = Files.write(folder.resolve("reviews.tsv"), rows);
    return Files.writeString(
            folder.resolve("sentiment.conf"),
            """
            include "%s"
            data.train = "%s"
            output = "%s"
            classification.minimum_count = 1
            classification.embedding = 5
            network.units = 4
            train { epochs = 1, sync_every = 2, batch = 4 }
            evaluate { streams = 2, batch = 2 }
            """
                .formatted(
                    ROOT.resolve("conf/sentiment.conf").toRealPath(),
                    data,
                    folder.resolve("output")))
        .toString();
  }

  private static void assertSucceeds(CommandLineRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** Runs Python in the folder; what it prints goes to output.txt. */
  private int run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("Python runs for more than five minutes: " + command);
    }
    return process.exitValue();
  }
}
