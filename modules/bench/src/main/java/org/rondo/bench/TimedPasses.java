package org.rondo.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.ElementwiseProvider;

/**
 * Element-wise passes of another implementation, each timed where it runs, by its method's name.
 */
final class TimedPasses implements ElementwiseProvider {
  private final ElementwiseProvider timed;
  private final Map<String, Timer> passes = new LinkedHashMap<>();

  TimedPasses(ElementwiseProvider timed) {
    this.timed = timed;
  }

  /** Times of every pass that ran, in the order of their first runs. */
  Map<String, Timer> passes() {
    return passes;
  }

  /** Forgets what was timed so far. */
  void reset() {
    passes.values().forEach(Timer::reset);
  }

  @Override
  public String name() {
    return timed.name();
  }

  @Override
  public int priority() {
    return timed.priority();
  }

  @Override
  public Optional<String> unavailable() {
    return timed.unavailable();
  }

  @Override
  public String description() {
    return timed.description();
  }

  @Override
  public Elementwise elementwise() {
    Elementwise inner = timed.elementwise();
    return (Elementwise)
        Proxy.newProxyInstance(
            Elementwise.class.getClassLoader(),
            new Class<?>[] {Elementwise.class},
            (proxy, method, arguments) -> run(inner, method, arguments));
  }

  private Object run(Elementwise inner, Method method, Object[] arguments) throws Throwable {
    Timer timer = passes.computeIfAbsent(method.getName(), name -> new Timer());
    long begin = System.nanoTime();
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      timer.add(System.nanoTime() - begin);
    }
  }
}
