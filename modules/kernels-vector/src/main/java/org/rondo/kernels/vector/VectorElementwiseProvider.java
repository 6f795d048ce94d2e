package org.rondo.kernels.vector;

import com.google.auto.service.AutoService;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.ElementwiseProvider;

/** Provides {@link VectorElementwise} where the JVM was started with its incubator module. */
@AutoService(ElementwiseProvider.class)
public final class VectorElementwiseProvider implements ElementwiseProvider {
  static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<String> unavailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of("the JVM was started without --add-modules=" + MODULE);
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "vectors of %d bits", VectorElementwise.bits());
  }

  @Override
  public Elementwise elementwise() {
    return new VectorElementwise();
  }
}
