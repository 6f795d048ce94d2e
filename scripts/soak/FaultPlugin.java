import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Makes tasks fail at their end and tasks start late, at random but by a seed: {@code
 * spark.soak.failing} and {@code spark.soak.late} are the shares of them. Only a task's first
 * attempt is struck, so that no task runs out of attempts.
 */
public final class FaultPlugin implements SparkPlugin {
  private static final long LATE_MILLISECONDS = 2500;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      private SparkConf conf;

      @Override
      public void init(PluginContext context, Map<String, String> extra) {
        conf = context.conf();
      }

      @Override
      public void onTaskStart() {
        TaskContext task = TaskContext.get();
        if (task.attemptNumber() == 0 && task.stageAttemptNumber() == 0) {
          strike(task, conf);
        }
      }
    };
  }

  private static void strike(TaskContext task, SparkConf conf) {
    long place = conf.getLong("spark.soak.seed", 0);
    place = 31 * (31 * place + task.stageId()) + task.partitionId();
    var random = new SplittableRandom(place);
    if (random.nextDouble() < conf.getDouble("spark.soak.failing", 0)) {
      TaskCompletionListener failure =
          context -> {
            throw new IllegalStateException("a fault of the soak");
          };
      task.addTaskCompletionListener(failure);
    }
    if (random.nextDouble() < conf.getDouble("spark.soak.late", 0)) {
      try {
        Thread.sleep(LATE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // another attempt was faster
      }
    }
  }
}
