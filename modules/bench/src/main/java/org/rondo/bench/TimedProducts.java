package org.rondo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/** Products of another implementation, each timed where it runs. */
final class TimedProducts implements MatmulProvider {
  private final MatmulProvider timed;
  private final Map<BoundProduct, Timer> products = new LinkedHashMap<>();
  private final Timer packing = new Timer();

  TimedProducts(MatmulProvider timed) {
    this.timed = timed;
  }

  /** Times of every kind of product that was bound, in the order of binding. */
  Map<BoundProduct, Timer> products() {
    return products;
  }

  /** Time of packing weights. */
  Timer packing() {
    return packing;
  }

  /** Forgets what was timed so far. */
  void reset() {
    products.values().forEach(Timer::reset);
    packing.reset();
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
  public boolean multiplies(ElementType inputs) {
    return timed.multiplies(inputs);
  }

  @Override
  public Matmul plan(Product product, NativeMemory memory) {
    return new Plan(timed.plan(product, memory));
  }

  private Matmul.Call timed(Product product, boolean packed, Matmul.Call call) {
    Timer timer = products.computeIfAbsent(new BoundProduct(product, packed), bound -> new Timer());
    return () -> timer.time(call::run);
  }

  private record Packed(Matmul.Weights weights, Timer packing) implements Matmul.Weights {
    @Override
    public void pack() {
      packing.time(weights::pack);
    }
  }

  private final class Plan implements Matmul {
    private final Matmul plan;

    Plan(Matmul plan) {
      this.plan = plan;
    }

    @Override
    public Product product() {
      return plan.product();
    }

    @Override
    public Weights weights(NativeBuffer source) {
      return new Packed(plan.weights(source), packing);
    }

    @Override
    public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
      return timed(product(), true, plan.bind(a, ((Packed) b).weights(), c));
    }

    @Override
    public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
      return timed(product(), false, plan.bind(a, b, c));
    }
  }
}
