package org.rondo.cli;

import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C (SIGINT) as a request: the first one asks the run to stop at its next safe place, a second
 * one ends the process at once.
 *
 * <p>A shutdown hook cannot do this: Spark's own hook stops the context at the same time, under the
 * round that should be finished. The JDK's only door to signals is {@code sun.misc.Signal}; it is
 * reached by reflection, since javac's warning about that class cannot be suppressed.
 */
final class Interrupts {
  private Interrupts() {}

  /**
   * Takes over SIGINT.
   *
   * @param first run at the first one, to tell the user
   * @return whether there was one
   */
  static BooleanSupplier listen(Runnable first) {
    var requested = new AtomicBoolean();
    handle(
        "INT",
        () -> {
          if (requested.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
          }
          first.run();
        });
    return requested::get;
  }

  /** Lets this process live through SIGINT, which a terminal sends to all processes of a job. */
  static void ignore() {
    handle("INT", () -> {});
  }

  private static void handle(String signal, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signals
          .getMethod("handle", signals, handlers)
          .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "signal %s cannot be handled", signal), e);
    }
  }
}
