package org.rondo.cli.exit;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.rondo.runs.RunMessages;

/**
 * Signals as requests: the first Ctrl-C (SIGINT), SIGTERM or SIGHUP asks a command to stop at its
 * next safe place, a second one ends the process at once. While the text is prepared, the safe
 * place is the next report of progress; while Spark starts, it is here and now; while rounds are
 * trained, it is the end of the round.
 *
 * <p>A shutdown hook cannot do this: Spark's own hook stops the context at the same time, under the
 * round that should be finished. The JDK's only door to signals is {@code sun.misc.Signal}; it is
 * reached by reflection, since javac's warning about that class cannot be suppressed.
 */
public final class Interrupts implements AutoCloseable {
  private static final String HANG_UP = "HUP";
  private static final List<String> SIGNALS = List.of("INT", "TERM", HANG_UP);

  /**
   * One request may arrive twice: sent to the whole process group, and handed on by timeout(1) or
   * an init of a container. Within this time, in nanoseconds, a signal asks for nothing new.
   */
  private static final long SAME_REQUEST = 500_000_000L;

  /**
   * As {@link #SAME_REQUEST}: a terminal that closes sends SIGHUP twice, from the kernel and from
   * the shell; systemd sends it right after SIGTERM.
   */
  private static final long SAME_HANG_UP = 2_000_000_000L;

  private static volatile boolean exiting;

  private enum Stage {
    PREPARATION,
    START,
    ROUNDS
  }

  private final RunMessages messages;
  private final IntConsumer exit;
  private final IntConsumer halt;
  private final LongSupplier clock;
  private final Map<String, Object> before = new HashMap<>();
  private Stage stage = Stage.PREPARATION;
  private boolean requested;
  private long requestedAt;

  /**
   * @param exit ends the process in order
   * @param halt ends it at once
   * @param clock nanoseconds
   */
  Interrupts(RunMessages messages, IntConsumer exit, IntConsumer halt, LongSupplier clock) {
    this.messages = messages;
    this.exit = exit;
    this.halt = halt;
    this.clock = clock;
  }

  /** Takes over the signals for a command, which begins by preparing its text. */
  public static Interrupts listen(RunMessages messages) {
    var interrupts =
        new Interrupts(messages, Interrupts::exit, Runtime.getRuntime()::halt, System::nanoTime);
    for (String signal : SIGNALS) {
      try {
        interrupts.before.put(signal, handle(signal, handler(() -> interrupts.on(signal))));
      } catch (ReflectiveOperationException e) {
        // The platform has no such signal, or the JVM was told to leave it alone (-Xrs).
        messages.show(String.format(Locale.ROOT, "SIG%s is not handled", signal));
      }
    }
    return interrupts;
  }

  private static void exit(int code) {
    exiting = true;
    System.exit(code);
  }

  /** Whether a signal ends the process while the command still runs: what it says is of no use. */
  public static boolean exiting() {
    return exiting;
  }

  /** Lets this process live through signals that are sent to all processes of a job. */
  static void ignore() {
    for (String signal : SIGNALS) {
      try {
        handle(signal, handler(() -> {}));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "SIG%s cannot be ignored", signal), e);
      }
    }
  }

  /** What a preparation reports to: the report after a signal ends it by an exception. */
  public RunMessages preparing() {
    return new RunMessages() {
      @Override
      public void say(String text) {
        goOn(Stage.PREPARATION);
        messages.say(text);
      }

      @Override
      public void show(String text) {
        goOn(Stage.PREPARATION);
        messages.show(text);
      }

      @Override
      public void clear() {
        messages.clear();
      }
    };
  }

  /** Spark starts: there is nothing to finish. */
  public void starting() {
    goOn(Stage.START);
  }

  /** Rounds are trained: the one in progress is to be finished. */
  public void training() {
    goOn(Stage.ROUNDS);
  }

  /** Whether there was a signal. */
  public synchronized boolean requested() {
    return requested;
  }

  private synchronized void goOn(Stage next) {
    if (requested && stage != Stage.ROUNDS) {
      throw new InterruptedBeforeTraining();
    }
    stage = next;
  }

  /** A signal arrived. */
  void on(String signal) {
    if (isFirst()) {
      if (leavesAtOnce()) {
        exit.accept(ExitCode.INTERRUPTED.number());
      }
    } else if (clock.getAsLong() - since()
        >= (signal.equals(HANG_UP) ? SAME_HANG_UP : SAME_REQUEST)) {
      halt.accept(ExitCode.INTERRUPTED.number());
    }
  }

  private synchronized boolean isFirst() {
    if (requested) {
      return false;
    }
    requested = true;
    requestedAt = clock.getAsLong();
    messages.say(
        stage == Stage.ROUNDS
            ? "stopping after this round, with a checkpoint; Ctrl-C again stops at once"
            : "stopping");
    return true;
  }

  private synchronized boolean leavesAtOnce() {
    return stage == Stage.START;
  }

  private synchronized long since() {
    return requestedAt;
  }

  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                String.format(Locale.ROOT, "SIG%s cannot be given back", signal), e);
          }
        });
  }

  private static Object handler(Runnable action) throws ReflectiveOperationException {
    Class<?> handlers = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        handlers.getClassLoader(),
        new Class<?>[] {handlers},
        (proxy, method, args) -> {
          if (method.getName().equals("handle")) {
            action.run();
          }
          return null;
        });
  }

  /** Sets a signal's handler and returns the one before. */
  private static Object handle(String signal, Object handler) throws ReflectiveOperationException {
    Class<?> signals = Class.forName("sun.misc.Signal");
    Class<?> handlers = Class.forName("sun.misc.SignalHandler");
    return signals
        .getMethod("handle", signals, handlers)
        .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
  }
}
