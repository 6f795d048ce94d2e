import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Counts jobs, and after so many of them kills (SIGKILL) one of the executors that this process
 * started.
 */
final class ExecutorKiller extends SparkListener {
  private final SparkSession spark;
  private final int killAfter;
  private int jobs;
  private int jobsAtLoss = -1;

  ExecutorKiller(SparkSession spark, int killAfter) {
    this.spark = spark;
    this.killAfter = killAfter;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    jobs++;
    if (jobs == killAfter) {
      ProcessHandle executor =
          ProcessHandle.current()
              .children()
              .filter(ExecutorKiller::isExecutor)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no executor is a child of this process"));
      executor.destroyForcibly();
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend");
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (jobsAtLoss < 0) {
      jobsAtLoss = jobs;
    }
  }

  /** Jobs that there were. */
  int finish() throws Exception {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(this);
    synchronized (this) {
      return jobs;
    }
  }

  /** Jobs that ended after the driver knew of the loss; 0 if none was lost. */
  int jobsAfterLoss() throws Exception {
    int all = finish();
    synchronized (this) {
      return jobsAtLoss < 0 ? 0 : all - jobsAtLoss;
    }
  }
}
