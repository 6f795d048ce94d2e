import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Writes a line to {@code spark.soak.log} for everything that went wrong in the driver's eyes. */
public final class FaultLog extends SparkListener {
  private final Path log;

  public FaultLog(SparkConf conf) {
    log = Path.of(conf.get("spark.soak.log"));
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (start.taskInfo().speculative()) {
      write("Speculative");
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    // Success, ExceptionFailure, FetchFailed, ExecutorLostFailure, TaskKilled and so on.
    write(end.reason().getClass().getSimpleName().replace("$", ""));
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    write("ExecutorAdded");
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    write("ExecutorRemoved");
  }

  private void write(String line) {
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
