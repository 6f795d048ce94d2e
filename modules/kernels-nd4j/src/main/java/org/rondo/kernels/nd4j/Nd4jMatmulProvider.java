package org.rondo.kernels.nd4j;

import com.google.auto.service.AutoService;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.JavacppLimits;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;
import org.rondo.kernels.WideningMatmul;

/** Provides {@link Nd4jMatmul} where ND4J's native backend loads. */
@AutoService(MatmulProvider.class)
public final class Nd4jMatmulProvider implements MatmulProvider {
  /** The outcome of the one attempt to load the backend in this JVM. */
  private static final class Loading {
    static final Optional<String> FAILURE = attempt();

    private static Optional<String> attempt() {
      JavacppLimits.lift();
      try {
        Nd4j.getBackend();
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of("ND4J's native backend does not load: " + e);
      }
    }
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public int priority() {
    return 50;
  }

  @Override
  public Optional<String> unavailable() {
    return Loading.FAILURE;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %s",
        Nd4j.getBackend().getClass().getSimpleName(),
        Nd4j.factory().blas().getBlasVendor());
  }

  @Override
  public OptionalInt threads() {
    return OptionalInt.of(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }

  /** bfloat16 is computed, but by float32 products of rounded inputs. */
  @Override
  public boolean multiplies(ElementType inputs) {
    return inputs == ElementType.FLOAT32;
  }

  @Override
  public Matmul plan(Product product, NativeMemory memory) {
    return multiplies(product.inputs())
        ? new Nd4jMatmul(product, memory)
        : new WideningMatmul(product, memory, Nd4jMatmul::new);
  }
}
