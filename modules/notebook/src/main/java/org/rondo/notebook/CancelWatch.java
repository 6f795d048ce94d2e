package org.rondo.notebook;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.DAGScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the paragraph of the calling thread is cancelled: by its job group, as Zeppelin does
 * it, or by an interrupt.
 *
 * <p>Spark cancels the jobs of a group that run at that moment, posts no event, and keeps no mark:
 * a cancel between two jobs of a training would be lost. The one place where it shows is the line
 * that the scheduler logs, in the thread that cancels; so this stands in the scheduler's logger,
 * whatever its level, and hands everything on.
 */
final class CancelWatch implements AutoCloseable {
  private static final String ASKED = "Asked to cancel job group ";

  private final DAGScheduler scheduler;
  private final String line;
  private final Logger before;
  private final Logger own;
  private volatile boolean cancelled;
  private boolean interrupted;

  /** Begins to watch for the calling thread. */
  CancelWatch(SparkContext spark) {
    scheduler = spark.dagScheduler();
    line = ASKED + spark.getLocalProperty("spark.jobGroup.id");
    Logger logger = scheduler.org$apache$spark$internal$Logging$$log_();
    before = logger == null ? LoggerFactory.getLogger(DAGScheduler.class) : logger;
    own =
        (Logger)
            Proxy.newProxyInstance(
                Logger.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> logged(method, arguments));
    scheduler.org$apache$spark$internal$Logging$$log__$eq(own);
  }

  private Object logged(Method method, Object[] arguments) throws ReflectiveOperationException {
    if (method.getName().equals("isInfoEnabled") && arguments == null) {
      return true;
    }
    if (method.getName().equals("info") && arguments.length == 1) {
      cancelled |= tells(String.valueOf(arguments[0]));
    }
    return method.invoke(before, arguments);
  }

  /** Spark 4 says behind the group whether its future jobs are cancelled too. */
  private boolean tells(String logged) {
    return logged.equals(line) || logged.startsWith(line + " with ");
  }

  /**
   * Whether to stop; asked by the watched thread. Takes the thread's interrupt, so that a
   * checkpoint can still be written.
   */
  boolean isCancelled() {
    interrupted |= Thread.interrupted();
    return cancelled || interrupted;
  }

  /** Ends the watch; a thread that was interrupted is so again. */
  @Override
  public void close() {
    if (scheduler.org$apache$spark$internal$Logging$$log_() == own) {
      scheduler.org$apache$spark$internal$Logging$$log__$eq(before);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
