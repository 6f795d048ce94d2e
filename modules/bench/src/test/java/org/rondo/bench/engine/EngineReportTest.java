package org.rondo.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.rondo.bench.Figure;

final class EngineReportTest {
  private static final CostModel MODEL = new CostModel(0.05, 0.001, 0.004, 1e-8, 5e-9);

  private static Figure about(String command) {
    return Figure.parse(
        "about\tcommand=%s\tdate=2026-01-02\tprocessor=P\tcores=2\tmemory=24 GiB\tjava=J"
            .formatted(command));
  }

  private static Figure together(int executors, String seconds) {
    return Figure.parse(
        "together\texecutors=%d\tprecision=bfloat16\tsync_every=85\tshards=2\tround_tokens=1000\tseconds=%s"
            .formatted(executors, seconds));
  }

  private static Figure round(long parameters, int shards, int executors, double slower) {
    double seconds = slower * MODEL.overhead(new RoundShape(parameters, shards, executors, 4));
    return Figure.parse(
        String.format(
            Locale.ROOT,
            "round\twire=float32\texecutors=%d\tparameters=%d\tshards=%d\tseconds=%.6f"
                + "\tbroadcast=0.1\tcompute=0.2\treduce=0.3\touter=0.4"
                + "\treceived_bytes=1048576\tbroadcast_bytes=2097152\theap_bytes=3145728",
            executors,
            parameters,
            shards,
            seconds));
  }

  private static List<Figure> rounds() {
    var rounds = new ArrayList<Figure>(List.of(about("scripts/bench-rounds.sh")));
    for (int executors : List.of(1, 2)) {
      for (int shards : List.of(2, 64, 256)) {
        rounds.add(round(5000, shards, executors, shards == 64 ? 1.25 : 1));
      }
    }
    for (long parameters : List.of(1_000_000L, 5_000_000L, 20_000_000L)) {
      for (int shards : List.of(2, 8, 16)) {
        rounds.add(round(parameters, shards, 2, 1));
      }
    }
    return rounds;
  }

  private static String document(List<Figure> figures) {
    return EngineReport.document(List.of(figures), "scaling.svg");
  }

  @Test
  void whatWasNotMeasuredHasNoSection() {
    assertThat(EngineReport.document(List.of(), "scaling.svg"))
        .startsWith("# Scaling")
        .doesNotContain("## ");
  }

  @Test
  void turnsAreTakenTogetherAndComparedWithOneExecutorAndWithNoRounds() {
    String document =
        document(
            List.of(
                about("scripts/bench-scaling.sh"),
                Figure.parse("step\twindows=60,62"),
                together(1, "20,20"),
                together(2, "10,12.5"),
                together(2, "10"),
                Figure.parse("dl4j\texecutors=1\tsync_every=9\twindows=500"),
                Figure.parse("dl4j\texecutors=2\tsync_every=9\twindows=600")));

    assertThat(document)
        .contains("    scripts/bench-scaling.sh\n\nMeasured on 2026-01-02: P, 2 cores, 24 GiB, J.")
        .contains("| Rondo, one thread, no rounds | 61 (60 - 62) | - | - |")
        .contains("| Rondo, 1 executor | 50 (50 - 50) | - | 0.82 |")
        .contains("| Rondo, 2 executors | 100 (80 - 100) | 2.00 | 1.64 |")
        .contains("| DL4J, 2 executors | 600 (600 - 600) | 1.20 | - |")
        .contains("average after 9 minibatches");
  }

  @Test
  void roundsAreListedWithTheirPartsAndTraffic() {
    assertThat(document(rounds()))
        .contains(
            "| 1.0 M | 2 | float32 | 0.07 (0.07 - 0.07) | 0.10 | 0.20 | 0.30 | 0.40 | 1.0 | 2.0 | 3 |")
        .contains("| 5,000 | 64 | 1 | ");
  }

  @Test
  void theModelPredictsCellsThatItWasNotMadeFrom() {
    assertThat(document(rounds()))
        .contains("| fixed | round | 0.050 s |")
        .contains("| 5,000 | 64 | 1 | 4 | 0.46 | 0.37 | -20 % |")
        .contains("| 5,000,000 | 8 | 2 | 4 | 0.22 | 0.22 | +0 % |")
        .doesNotContain("| 1,000,000 | 2 | 2 | 4 |");
  }

  @Test
  void withoutCellsOfEveryKindThereIsNoModel() {
    assertThat(document(rounds().subList(0, 3))).doesNotContain("by calculation");
  }

  @Test
  void growthIsTheDifferenceFromTheFirstSampleToTheLast() {
    String first =
        "growth\tround=100\tdriver_heap_mb=30.5\texecutor_heap_mb=40.0\texecutor_resident_mb=500.0"
            + "\texecutor_blocks=9\tdriver_blocks=8\tbroadcasts=7\tspark_disk_mb=6.0\toutput_disk_mb=5.0";
    String last = first.replace("round=100", "round=1000").replace("30.5", "31.0");

    assertThat(document(List.of(about("growth"), Figure.parse(first), Figure.parse(last))))
        .contains("| 1000 | 31.0 | 40.0 | 500.0 | 6.0 | 5.0 | 7 | 8 | 9 |")
        .contains("| from first to last | +0.5 | +0.0 | +0.0 | +0.0 | +0.0 | +0 | +0 | +0 |");
  }
}
