package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.testkit.ProviderJar;

/** A cell that a user adds by {@code spark.jars}, from a notebook. */
class UserCellTest {
  private static final String LOOK_UP =
      """
      import org.rondo.models.cells.Cell
      println("driver " + Cell.named("mine").name)
      println("executors " + sc.parallelize(1 to 4, 4).map(i => Cell.named("mine").name).collect().mkString(" "))
      """;

  @Test
  void isFoundByParagraphsOnTheDriverAndOnExecutors(@TempDir Path folder) throws Exception {
    Path jar = ProviderJar.ofCell(folder, "mine");
    var conf = SparkShell.conf("local-cluster[1,1,1024]").set("spark.jars", jar.toString());

    try (var shell = new SparkShell(conf, new Properties(), folder.resolve("classes"))) {
      SparkShell.Result result = shell.run(LOOK_UP);

      assertThat(result.success()).as(result.shown("TEXT")).isTrue();
      assertThat(result.shown("TEXT")).contains("driver mine", "executors mine mine mine mine");
    }
  }
}
