package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell against an implementation that shares no code and no author with it. */
class PytorchCellsTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path FOLDER = Path.of("target", "pytorch");
  private static final Path REPORT = FOLDER.resolve("report.txt");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-pytorch.py");

  /** float32 sums of some tens of terms of size 1, in another order. */
  private static final double TOLERANCE = 1e-5;

  private static boolean hasTorch;

  static List<PytorchCase> everyCase() {
    return PytorchCase.all();
  }

  /** One Python for all cases: loading torch takes longer than all of them. */
  @BeforeAll
  static void runAll() throws Exception {
    Files.createDirectories(FOLDER);
    hasTorch = run(PYTHON, "-c", "import torch") == 0;
    if (!hasTorch) {
      return;
    }
    var command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString()));
    for (PytorchCase one : everyCase()) {
      Path folder = FOLDER.resolve(one.name());
      one.write(folder);
      command.add(folder.toString());
    }
    assertThat(run(command.toArray(String[]::new))).as(Files.readString(REPORT)).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(REPORT.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", List.of(command)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no such program
    }
  }

  @ParameterizedTest
  @MethodSource("everyCase")
  void outputsStatesAndGradientsEqualThoseOfPytorch(PytorchCase one) throws IOException {
    // Here, not before all: surefire counts no skipped test where a whole class gives up.
    assumeTrue(
        hasTorch,
        PYTHON + " cannot import torch; the environment variable PYTHON names another one");
    String difference = Files.readString(FOLDER.resolve(one.name()).resolve("difference.txt"));

    assertThat(Double.parseDouble(difference)).as(Files.readString(REPORT)).isLessThan(TOLERANCE);
  }
}
