package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedReportTest {
  private static final List<Figure> FIGURES =
      List.of(
          Figure.of("about").with("command", "scripts/bench-peers.sh M").with("cores", 2),
          step("rondo", "bfloat16", "5000,5200").with("native_mb", 250).with("heap_bytes", "0.0"),
          step("pytorch", "float32", "1900,2000"),
          step("rondo", "bfloat16", "5100").with("native_mb", 250).with("heap_bytes", "8.0"),
          step("pytorch", "float32", "2100"),
          step("dl4j", "float32", "1000"),
          part("profile")
              .with("step_ms", 100)
              .with("products_ms", 70)
              .with("products_alone_ms", 60)
              .with("ceiling_percent", 60)
              .with("packing_ms", 5)
              .with("rest_ms", 15),
          part("product")
              .with("name", "20 x 650 x 2600, A B packed")
              .with("calls", 70)
              .with("in_step_ms", 70)
              .with("alone_ms", 60)
              .with("in_step_gflops", 400)
              .with("alone_gflops", 467),
          part("pass").with("name", "lstmForward").with("in_step_ms", 10));

  private static Figure step(String implementation, String precision, String windows) {
    return Figure.of("step")
        .with("implementation", implementation)
        .with("kernels", implementation + " 1.0")
        .with("configuration", "M")
        .with("precision", precision)
        .with("mode", "training")
        .with("tasks", 1)
        .with("resident_mb", 500)
        .with("windows", windows);
  }

  private static Figure part(String kind) {
    return Figure.of(kind).with("configuration", "M").with("precision", "bfloat16");
  }

  @Test
  void runsOfTheSameKindAreOneMeasurement() {
    assertThat(SpeedReport.document(FIGURES))
        .contains(
            "| M | 10,000, 650, 20, 35 | 5,100 (5,000 - 5,200) | - | - | 2,000 (1,900 - 2,100)");
  }

  @Test
  void ratiosStandBesideTheirGoals() {
    String document = SpeedReport.document(FIGURES);

    assertThat(document).contains("| Rondo bfloat16 / PyTorch float32 | 2.55 < 2.7 |");
    assertThat(document).contains("| Rondo bfloat16 / DL4J float32 | 5.10 < 8.0 |");
    assertThat(document).contains("| Rondo bfloat16 / PyTorch bfloat16 | - |");
  }

  @Test
  void partsOfTheStepAreListed() {
    assertThat(SpeedReport.document(FIGURES))
        .contains("| percent of the limit | 60 % |")
        .contains("| products, slower among the rest | 10.00 |")
        .contains("| `lstmForward` | 10.00 |")
        .contains("| 20 x 650 x 2600, A B packed | 70 | 70 | 400 | 60 | 467 |");
  }
}
