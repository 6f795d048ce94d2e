package org.rondo.kernels;

import com.google.auto.service.AutoService;
import java.util.Optional;

/** Provides {@link JavaMatmul}; runs everywhere. */
@AutoService(MatmulProvider.class)
public final class JavaMatmulProvider implements MatmulProvider {
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

  /** bfloat16 is computed, but by float32 products of rounded inputs. */
  @Override
  public boolean multiplies(ElementType inputs) {
    return inputs == ElementType.FLOAT32;
  }

  @Override
  public Matmul plan(Product product, NativeMemory memory) {
    return new JavaMatmul(product);
  }
}
