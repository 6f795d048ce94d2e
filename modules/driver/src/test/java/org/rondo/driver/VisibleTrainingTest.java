package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.history.FsHistoryProvider;
import org.apache.spark.deploy.history.HistoryServer;
import org.apache.spark.deploy.history.HistoryServer$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.ui.SparkEvents;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.spark.Doorkeeper;
import org.rondo.training.Carrier;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.workspace.KernelPlan;

/** One training with Spark's pages on, looked at while it runs, after it, and in its event log. */
class VisibleTrainingTest {
  private static final HttpClient BROWSER =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  @TempDir static Path folder;
  private static String application;
  private static int statusOfAStranger;
  private static String whileTraining;
  private static String afterwards;
  private static String metrics;
  private static String prometheus;

  @BeforeAll
  static void train() throws Exception {
    Files.createDirectories(folder.resolve("log"));
    SparkConf conf =
        EmbeddedSpark.conf("local-cluster[1,1,512]")
            .setAppName("<script>name</script>")
            .set("spark.ui.enabled", "true")
            .set("spark.ui.port", "0")
            .set("spark.ui.filters", Doorkeeper.class.getName())
            .set("spark.eventLog.enabled", "true")
            .set("spark.eventLog.dir", folder.resolve("log").toUri().toString());
    TrainingPlugin.install(conf, KernelPlan.of("float32"));
    try (var spark = new JavaSparkContext(conf)) {
      application = spark.sc().applicationId();
      String pages = spark.sc().uiWebUrl().get();
      var events = new SparkEvents(spark.sc());
      events.configured(Map.of("network.cell", "<b>lstm</b>"));
      TrainingListener listener =
          event -> {
            events.on(event);
            if (event instanceof TrainingEvent.Evaluated e && e.round() == 4) {
              whileTraining = page(spark, pages + "/training/?user=friend");
            }
          };
      var run = new TinyRun(folder);
      try (Carrier carrier =
          new SparkCarrier(spark, run.job(TinyRun.plan(3)), run.output("states"))) {
        new DistributedTrainer(carrier, run.output("run"), listener, () -> false).train();
      }
      afterwards = page(spark, pages + "/training/?user=friend");
      metrics = page(spark, pages + "/metrics/json/?user=friend");
      prometheus = page(spark, pages + "/metrics/prometheus/?user=friend");
      statusOfAStranger = get(pages + "/training/").statusCode();
    }
  }

  private static String page(JavaSparkContext spark, String address) {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
      HttpResponse<String> response = get(address);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    } catch (Exception e) {
      throw new AssertionError(address, e);
    }
  }

  private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return BROWSER.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theTabShowsARunAsItGoesAndAsksAgain() {
    assertThat(whileTraining)
        .contains("4 of 8", "Training. Spark", "Time left", "checkpoint of round 3")
        .contains("http-equiv=\"refresh\" content=\"5\"")
        .contains("Shards in round 4", " (slowest)")
        .containsPattern("best [0-9.]+, round 4");
    assertThat(afterwards)
        .contains("8 of 8", "Finished. Spark", "Shards in round 8")
        .contains("Training loss</text>", "tokens per second</text>", "Gradient norm</text>")
        .contains("last round", "mean round")
        .contains("Executors</h4>", "OMP_NUM_THREADS", "FLOAT32", "maxPhysicalBytes")
        .doesNotContain("http-equiv=\"refresh\"");
  }

  @Test
  void whatAUserNamedIsTextInThePageAndNoMarkup() {
    assertThat(afterwards)
        .contains("&lt;script&gt;name&lt;/script&gt;", "&lt;b&gt;lstm&lt;/b&gt;")
        .doesNotContain("<script>name", "<b>lstm");
  }

  @Test
  void theTabStandsBehindTheFiltersOfTheOtherPages() {
    assertThat(statusOfAStranger).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
  }

  @Test
  void gaugesAreInSparksMetricsAndInThoseForPrometheus() {
    for (String gauge :
        new String[] {
          "round",
          "loss",
          "validationScore",
          "validationPerplexity",
          "tokensPerSecond",
          "roundSeconds",
          "gradientNorm",
          "learningRate"
        }) {
      assertThat(metrics).contains("org.rondo.driver.ui.TrainingPlugin." + gauge + "\"");
      assertThat(prometheus)
          .containsPattern("TrainingPlugin_" + gauge + "_Value\\{type=\"gauges\"\\} [0-9]");
    }
    assertThat(prometheus).containsPattern("TrainingPlugin_round_Value\\{type=\"gauges\"\\} 8\\.0");
  }

  @Test
  void theHistoryServerShowsTheSameTabFromTheEventLog() throws Exception {
    SparkConf conf =
        new SparkConf()
            .set("spark.history.fs.logDirectory", folder.resolve("log").toUri().toString())
            .set("spark.ui.port", "0");
    var provider = new FsHistoryProvider(conf);
    var server =
        new HistoryServer(conf, provider, HistoryServer$.MODULE$.createSecurityManager(conf), 0);
    server.bind();
    try {
      provider.start();
      String address =
          "http://127.0.0.1:%d/history/%s/training/".formatted(server.boundPort(), application);
      HttpResponse<String> response = get(address);
      for (int i = 0; i < 100 && response.statusCode() != 200; i++) {
        Thread.sleep(100); // the server is still reading its folder
        response = get(address);
      }
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(tables(response.body()))
          .contains("8 of 8", "Shards in round 8", "&lt;b&gt;lstm&lt;/b&gt;")
          .isEqualTo(tables(afterwards));
    } finally {
      server.stop();
    }
  }

  /** What the page says of the run; the rest are links, which lie elsewhere. */
  private static String tables(String page) {
    return page.substring(page.indexOf("rondo-about"), page.lastIndexOf("</table>"));
  }
}
