package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.SortedMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.jobs.EveryExecutor;
import org.rondo.models.cells.Cell;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.ProviderJar;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;

/**
 * A cell that a user adds by {@code spark.jars}, where Rondo itself is on the class path: two class
 * loaders, as where Rondo's jar lies among Spark's own.
 */
class UserCellTest {
  @TempDir private Path folder;
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  private Path jar;
  private URLClassLoader loader;

  @BeforeEach
  void loadAsSparkDoes() throws IOException {
    jar = ProviderJar.ofCell(folder, "echo");
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
    thread.setContextClassLoader(loader);
  }

  @AfterEach
  void unload() throws IOException {
    thread.setContextClassLoader(before);
    loader.close();
  }

  @Test
  void trainsOnExecutorsWithTheBitsOfThreads() {
    var run = new TinyRun(folder);
    TrainingJob tiny = run.job(TinyRun.plan(2));
    int vocabulary = run.corpus().vocabulary().size();
    var job =
        new TrainingJob(
            RecurrentStack.languageModel(vocabulary, "echo", 1, 12, 0),
            tiny.plan(),
            tiny.dataset());
    SparkConf conf = EmbeddedSpark.conf("local-cluster[2,1,512]").set("spark.jars", jar.toString());

    String onSpark;
    SortedMap<String, String> cells;
    try (var spark = new JavaSparkContext(conf);
        Carrier carrier = new SparkCarrier(spark, job, run.output("states"))) {
      cells = EveryExecutor.ask(spark, () -> Cell.named("echo").name());
      onSpark = train(run, carrier, "spark");
    }

    try (Carrier carrier = new ThreadCarrier(job)) {
      assertThat(onSpark).isEqualTo(train(run, carrier, "threads"));
    }
    assertThat(cells).hasSize(2).allSatisfy((executor, cell) -> assertThat(cell).isEqualTo("echo"));
    assertThat(cells.keySet())
        .allMatch(name -> name.matches("[01] on (127\\.0\\.0\\.1|localhost)"));
  }

  private static String train(TinyRun run, Carrier carrier, String output) {
    return new DistributedTrainer(carrier, run.output(output), event -> {}, () -> false)
        .train()
        .parametersSha256();
  }

  @Test
  void isUnknownWithoutItsJar() {
    thread.setContextClassLoader(before);
    assertThatThrownBy(() -> Cell.named("echo"))
        .hasMessage("cell = echo: no such cell; there are [gru, lstm, vanilla]");
  }
}
