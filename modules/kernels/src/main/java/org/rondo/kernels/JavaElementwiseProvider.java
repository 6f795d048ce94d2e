package org.rondo.kernels;

import com.google.auto.service.AutoService;
import java.util.Optional;

/** Provides {@link JavaElementwise}; runs everywhere. */
@AutoService(ElementwiseProvider.class)
public final class JavaElementwiseProvider implements ElementwiseProvider {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String description() {
    return "plain loops";
  }

  @Override
  public Elementwise elementwise() {
    return new JavaElementwise();
  }
}
