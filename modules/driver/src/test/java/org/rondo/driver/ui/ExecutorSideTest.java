package org.rondo.driver.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.rondo.training.workspace.KernelPlan;

final class ExecutorSideTest {
  private final SparkConf conf = new SparkConf(false).set("spark.master", "yarn");
  private final MetricRegistry registry = new MetricRegistry();
  private Object sent;
  private RuntimeException refusal;

  @Test
  void anExecutorTellsItsMemoryAndTheKernelsThatWillTrain() throws Exception {
    TrainingPlugin.install(conf, new KernelPlan("java", "java", "float32", false));
    conf.set("spark.executor.memory", "8g");

    new ExecutorSide().init(context(), Map.of());

    // Through the wire, as Spark sends it.
    var bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(sent);
    var setup =
        (ExecutorSetup)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(setup).isEqualTo(sent);
    assertThat(setup.line())
        .startsWith("executor 7 on ")
        // A tenth of 8 GB, as Spark grants without being told.
        .contains("heap up to ", "native buffers up to ", "overhead 819 MB", "java (")
        .doesNotContain("\n");
    assertThat(setup.memory().heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
  }

  @Test
  void kernelsThatDoNotRunAreReportedAndStopNoExecutor() {
    TrainingPlugin.install(conf, new KernelPlan("no such kernels", "java", "float32", false));

    new ExecutorSide().init(context(), Map.of());

    assertThat(((ExecutorSetup) sent).compute().kernels()).contains("no such kernels");
  }

  @Test
  void aDriverThatCannotBeToldStopsNoExecutor() {
    refusal = new IllegalStateException("the endpoint is gone");

    new ExecutorSide().init(context(), Map.of());

    assertThat(registry.getGauges()).containsKey("shardsTrained");
  }

  @Test
  void gaugesFollowWhatIsTrained() {
    new ExecutorSide().init(context(), Map.of());
    long before = (Long) registry.getGauges().get("shardsTrained").getValue();

    ExecutorActivity.trained(1.5);

    assertThat(registry.getGauges().get("shardsTrained").getValue()).isEqualTo(before + 1);
    assertThat(registry.getGauges().get("lastShardSeconds").getValue()).isEqualTo(1.5);
    assertThat((Long) registry.getGauges().get("nativeMemoryBytes").getValue()).isNotNegative();
  }

  @Test
  void thePluginJoinsThoseOfTheUserOnce() {
    conf.set("spark.plugins", "org.example.Mine");
    TrainingPlugin.install(conf, KernelPlan.of("auto"));
    TrainingPlugin.install(conf, KernelPlan.of("auto"));

    assertThat(conf.get("spark.plugins"))
        .isEqualTo("org.example.Mine,org.rondo.driver.ui.TrainingPlugin");
  }

  private PluginContext context() {
    return new PluginContext() {
      @Override
      public MetricRegistry metricRegistry() {
        return registry;
      }

      @Override
      public SparkConf conf() {
        return conf;
      }

      @Override
      public String executorID() {
        return "7";
      }

      @Override
      public String hostname() {
        throw new UnsupportedOperationException("as in Spark's executors");
      }

      @Override
      public Map<String, ResourceInformation> resources() {
        return Map.of();
      }

      @Override
      public void send(Object message) throws IOException {
        if (refusal != null) {
          throw refusal;
        }
        sent = message;
      }

      @Override
      public Object ask(Object message) {
        throw new UnsupportedOperationException("ask");
      }
    };
  }
}
