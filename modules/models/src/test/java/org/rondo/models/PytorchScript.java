package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts/check-pytorch.py, where a Python can import torch. */
public final class PytorchScript {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-pytorch.py");

  private final Path folder;
  private final Path report;
  private final boolean hasTorch;

  /**
   * @param folder of the cases
   */
  public PytorchScript(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.report = folder.resolve("report.txt");
    this.hasTorch = run(PYTHON, "-c", "import torch") == 0;
  }

  /** Whether there is a PyTorch. */
  public boolean hasTorch() {
    return hasTorch;
  }

  /** Where the files of a case belong. */
  public Path folder(String name) {
    return folder.resolve(name);
  }

  /** One Python for all cases: loading torch takes longer than all of them. */
  public void compare(List<String> names) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString()));
    names.forEach(name -> command.add(folder(name).toString()));
    assertThat(run(command.toArray(String[]::new))).as(Files.readString(report)).isZero();
  }

  private int run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(report.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no such program
    }
  }

  /** Throws if the largest difference of a case is not less; skips a test where there is none. */
  public void assertAgrees(String name, double tolerance) throws IOException {
    // In each test, not before all: surefire counts no skipped test where a whole class gives up.
    assumeTrue(
        hasTorch,
        PYTHON + " cannot import torch; the environment variable PYTHON names another one");
    String difference = Files.readString(folder(name).resolve("difference.txt"));
    assertThat(Double.parseDouble(difference)).as(Files.readString(report)).isLessThan(tolerance);
  }
}
