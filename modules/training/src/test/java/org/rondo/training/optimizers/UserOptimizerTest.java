package org.rondo.training.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.kernels.ValueException;
import org.rondo.models.Network;
import org.rondo.testkit.LaterJars;
import org.rondo.testkit.ProviderJar;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.Worker;
import org.rondo.training.WorkerState;

/** An optimizer of a user in a jar of its own. */
class UserOptimizerTest {
  private static final String SOURCE =
      """
      package org.example;

      import org.rondo.training.optimizers.Optimizer;

      public final class PlainDescent implements Optimizer {
        @Override public String name() { return "plain"; }

        @Override public int slots() { return 0; }

        @Override public void update(Step step) {
          var update = step.update();
          float factor = -(update.learningRate() * update.gradientScale());
          step.passes().addScaled(
              step.gradient().values(), factor, update.parameters(), 0, update.parameters().length());
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void isFoundWhenItsJarComesAndTrains() throws Exception {
    Path jar = ProviderJar.of(folder, Map.of(Optimizer.class.getName(), SOURCE));
    try (var jars = new LaterJars()) {
      assertThatThrownBy(() -> OptimizerPlan.of("plain", 0.1))
          .isInstanceOf(ValueException.class)
          .hasMessageStartingWith("optimizer.name = plain: no such optimizer; there are [adam");
      jars.add(jar);

      float[] trained = trained("plain");

      assertThat(trained).isEqualTo(trained("sgd"));
      assertThat(Optimizer.names()).contains("plain", "sgd");
    }
    assertThat(Optimizer.names()).doesNotContain("plain");
  }

  private float[] trained(String optimizer) throws Exception {
    Path own = Files.createDirectories(folder.resolve(optimizer));
    TrainingJob job = TinyJob.of(own, TinyJob.text(), TinyJob.plan(1, optimizer));
    float[] initial = Network.initialParameters(job.network(), 5);
    return Worker.work(
            initial, WorkerState.initial(0), TinyJob.shard(job, 0), TinyJob.round(job, 1))
        .contribution();
  }
}
