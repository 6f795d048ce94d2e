package org.rondo.frames.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.PreparedData;
import org.rondo.frames.Reviews;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.WordsTask;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;

/** The same rows give the same dataset, however they are read. */
class PreparationBitsTest {
  private static final List<Row> ROWS = Reviews.rows(200);

  @TempDir private Path folder;
  private int prepared;

  private String bits(SparkSession spark, String format, Path path, String order)
      throws IOException {
    var plan =
        new FramePlan(
            SourcePlan.of(format),
            new SplitPlan.ByFraction(path.toString(), 0.2, 0.1),
            Map.of(),
            order,
            InvalidRows.REJECT,
            4,
            7);
    var place = new org.apache.hadoop.fs.Path(folder.resolve("out" + prepared++).toUri());
    PreparedData data =
        new FramePreparation(spark, plan, new WordsTask(), WordsTask.SETTINGS).prepare(place);
    assertThat(data.report().splits().keySet()).containsExactlyElementsOf(Split.NAMES);
    var text = new StringBuilder(data.features().toJson());
    for (String split : Split.NAMES) {
      text.append(data.folder().open().fingerprint(split));
    }
    return Sha256.of(text.append(content(Path.of(place.toUri()))).toString());
  }

  /** Of all parts, in the order of their numbers; names end in the attempt that wrote them. */
  private static String content(Path folder) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".bin")).sorted().toList()) {
        text.append(file.getParent().getFileName())
            .append(java.util.Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return text.toString();
  }

  private Map<String, Path> written(SparkSession spark) throws IOException {
    var paths = new LinkedHashMap<String, Path>();
    paths.put("csv", Files.writeString(folder.resolve("rows.csv"), Reviews.csv(ROWS)));
    var reversed = new ArrayList<>(ROWS);
    Collections.reverse(reversed);
    for (int partitions : List.of(1, 2, 7)) {
      Path path = folder.resolve("parquet-" + partitions);
      Reviews.frame(spark, partitions == 2 ? reversed : ROWS)
          .repartition(partitions)
          .write()
          .parquet(path.toString());
      paths.put("parquet" + partitions, path);
    }
    Path json = folder.resolve("json");
    Reviews.frame(spark, reversed).repartition(3).write().json(json.toString());
    paths.put("json", json);
    return paths;
  }

  @Test
  void tenWaysToReadTheSameRowsGiveTheSameBits() throws IOException {
    SparkSession spark = SharedSpark.session();
    Map<String, Path> paths = written(spark);
    var bits = new LinkedHashMap<String, String>();
    for (Map.Entry<String, Path> each : paths.entrySet()) {
      String format = each.getKey().replaceAll("[0-9]", "");
      bits.put(each.getKey(), bits(spark, format, each.getValue(), ""));
      bits.put(each.getKey() + " ordered", bits(spark, format, each.getValue(), "text"));
    }
    spark = SharedSpark.start("local[1]");
    for (Map.Entry<String, Path> each : paths.entrySet()) {
      String format = each.getKey().replaceAll("[0-9]", "");
      bits.put(each.getKey() + " local[1]", bits(spark, format, each.getValue(), ""));
    }
    bits.put("parquet7 ordered local[1]", bits(spark, "parquet", paths.get("parquet7"), "text"));
    SharedSpark.start("local[2]");

    var ordered = new LinkedHashMap<>(bits);
    ordered.keySet().removeIf(way -> !way.contains("ordered"));
    bits.keySet().removeAll(ordered.keySet());
    assertThat(bits).hasSize(10);
    assertThat(bits.values()).as("%s", bits).containsOnly(bits.get("csv"));
    assertThat(ordered.values()).as("%s", ordered).containsOnly(ordered.get("csv ordered"));
    assertThat(ordered.get("csv ordered")).isNotEqualTo(bits.get("csv"));
  }
}
