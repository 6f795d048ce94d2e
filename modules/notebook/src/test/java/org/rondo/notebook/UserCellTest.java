package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.models.Cell;
import org.rondo.testkit.ProviderJar;

/** A cell that a user adds by {@code spark.jars}, from a notebook. */
class UserCellTest {
  private static final String SOURCE =
      """
      package org.example;

      import java.util.List;
      import org.rondo.kernels.NativeBuffer;
      import org.rondo.models.*;

      public final class MineCell implements Cell {
        @Override public String name() { return "mine"; }

        @Override public int projectionWidth(CellSpec spec) { return spec.units(); }

        @Override public List<Integer> stateWidths(CellSpec spec) { return List.of(spec.units()); }

        @Override public List<ParameterSpec> parameters(CellSpec spec) { return List.of(); }

        @Override public Recurrence bind(
            Workspace workspace, CellSpec spec, Projection projection, NativeBuffer gradient) {
          throw new UnsupportedOperationException("only looked up");
        }
      }
      """;

  private static final String LOOK_UP =
      """
      import org.rondo.models.Cell
      println("driver " + Cell.named("mine").name)
      println("executors " + sc.parallelize(1 to 4, 4).map(i => Cell.named("mine").name).collect().mkString(" "))
      """;

  @Test
  void isFoundByParagraphsOnTheDriverAndOnExecutors(@TempDir Path folder) throws Exception {
    Path jar = ProviderJar.of(folder, Cell.class, "org.example.MineCell", SOURCE);
    var conf = SparkShell.conf("local-cluster[1,1,1024]").set("spark.jars", jar.toString());

    try (var shell = new SparkShell(conf, new Properties(), folder.resolve("classes"))) {
      SparkShell.Result result = shell.run(LOOK_UP);

      assertThat(result.success()).as(result.shown("TEXT")).isTrue();
      assertThat(result.shown("TEXT")).contains("driver mine", "executors mine mine mine mine");
    }
  }
}
