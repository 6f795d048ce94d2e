package org.rondo.bench.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.anomalies.Interval;

/** A corpus of one series of 100 steps with a window from step 40 to 49. */
class NabReportTest {
  private static final String LABELS =
      "{\"real/load.csv\": [[\"2014-04-01 00:40:00.000000\", \"2014-04-01 00:49:00.000000\"]]}";

  @TempDir private Path folder;

  @Test
  void corpusHoldsValuesAndWindows() throws IOException {
    NabCorpus.Series series = NabCorpus.read(zip(LABELS, "7")).series().get(0);
    assertThat(series.name()).isEqualTo("real/load.csv");
    assertThat(series.values()).hasSize(100).startsWith(0, 1, 2).endsWith(7);
    assertThat(series.windows()).containsExactly(new Interval(40, 49));
  }

  @Test
  void whatIsNoCorpusIsNamed() throws IOException {
    Path wrongTime = zip(LABELS.replace("00:49", "03:49"), "7");
    assertThatThrownBy(() -> NabCorpus.read(wrongTime))
        .hasMessageContaining("real/load.csv: there is no step at 2014-04-01 03:49:00");
    Path wrongValue = zip(LABELS, "much");
    assertThatThrownBy(() -> NabCorpus.read(wrongValue))
        .hasMessageContaining("real/load.csv, line 101");
    Path otherSeries = zip(LABELS.replace("load", "other"), "7");
    assertThatThrownBy(() -> NabCorpus.read(otherSeries))
        .hasMessageContaining("data/real/other.csv");
  }

  /** The published detector flags the first step of the window at the threshold of NAB. */
  @Test
  void publishedScoresAreScoredAtTheirThresholds() throws IOException {
    var scores = new StringBuilder("timestamp,value,anomaly_score,raw_score,label\n");
    for (int i = 0; i < 100; i++) {
      scores.append(time(i)).append(",1,").append(i == 40 ? 0.8 : 0.1).append(",0.5,0\n");
    }
    Path results = folder.resolve("results");
    Path of = Files.createDirectories(results.resolve("seer/real")).getParent();
    Files.writeString(of.resolve("real/seer_load.csv"), scores);
    for (String profile : new String[] {"standard", "reward_low_FP_rate", "reward_low_FN_rate"}) {
      Files.writeString(
          of.resolve("seer_" + profile + "_scores.csv"),
          "Detector,Profile,File,Threshold,Score\nseer,x,real/load.csv,0.7,1\n");
    }
    Files.writeString(
        results.resolve("final_results.json"),
        "{\"seer\": {\"standard\": 100, \"reward_low_FP_rate\": 99, \"reward_low_FN_rate\": 98}}");
    NabReport report = NabReport.of(zip(LABELS, "7"), Optional.of(results));
    assertThat(report.toString())
        .contains("| null | 0.0 | 0.0 | 0.0 | 0.0 / 0.0 / 0.0 |")
        .contains("| seer, scores of NAB | 100.0 | 100.0 | 100.0 | 100.0 / 99.0 / 98.0 |")
        .contains("| seer | 100.0 / 100.0 / 100.0 | 100.0 / 99.0 / 98.0 |")
        .contains(
            "| seer, scores of NAB | 0.800000 | 1.000 | 1.000 | 1.000 | 1.000 | 0.100 | 0.182 | 0.206 |")
        .contains("| seer, likelihood of its raw scores |");
  }

  private Path zip(String labels, String lastValue) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    var data = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 100; i++) {
      data.append(time(i)).append(',').append(i < 99 ? i : lastValue).append('\n');
    }
    entries.put("data/real/load.csv", data.toString());
    entries.put("labels/combined_windows.json", labels);
    Path file = Files.createTempFile(folder, "corpus", ".zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static String time(int minute) {
    return String.format(Locale.ROOT, "2014-04-01 %02d:%02d:00", minute / 60, minute % 60);
  }
}
