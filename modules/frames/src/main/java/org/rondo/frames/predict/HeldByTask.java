package org.rondo.frames.predict;

import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What a task opens once and closes when it ends. Where no task runs, as when Spark folds a
 * constant on the driver, it is opened for one call.
 *
 * @param <P> what is opened; used by one thread at a time
 */
public final class HeldByTask<P> implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient P held;
  private transient long task;

  /** Works with it. */
  public synchronized <R> R with(Supplier<P> opening, Consumer<P> closing, Function<P, R> work) {
    TaskContext context = TaskContext.get();
    if (context == null) {
      P here = opening.get();
      try {
        return work.apply(here);
      } finally {
        closing.accept(here);
      }
    }
    if (held == null || task != context.taskAttemptId()) {
      P opened = opening.get();
      TaskCompletionListener ending = ended -> closing.accept(opened);
      context.addTaskCompletionListener(ending);
      held = opened;
      task = context.taskAttemptId();
    }
    return work.apply(held);
  }
}
