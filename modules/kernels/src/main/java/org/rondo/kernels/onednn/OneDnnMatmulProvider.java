package org.rondo.kernels.onednn;

import com.google.auto.service.AutoService;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.JavacppLimits;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;
import org.rondo.kernels.WideningMatmul;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides {@link OneDnnMatmul} where the library loads: x86-64 or AArch64, glibc 2.34 or newer.
 */
@AutoService(MatmulProvider.class)
public final class OneDnnMatmulProvider implements MatmulProvider {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnnMatmulProvider.class);
  private static final String THREADS = "OMP_NUM_THREADS";

  /** The outcome of the one attempt to load the library in this JVM. */
  private static final class Loading {
    static final Optional<String> FAILURE = attempt();

    private static Optional<String> attempt() {
      JavacppLimits.lift();
      try {
        OneDnn.load();
        threadAdvice(System.getenv(THREADS)).ifPresent(LOG::warn);
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of(explain(e));
      }
    }
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<String> unavailable() {
    return Loading.FAILURE;
  }

  @Override
  public String description() {
    return OneDnn.description();
  }

  @Override
  public OptionalInt threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return OptionalInt.of(threads(System.getenv(THREADS), cores));
  }

  /**
   * OpenMP's reading of its environment: the first number of a list, or all cores.
   *
   * @param ompThreads null where it is not set
   */
  static int threads(String ompThreads, int cores) {
    if (ompThreads == null) {
      return cores;
    }
    String first = ompThreads.split(",", 2)[0].trim();
    return first.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(first) : cores;
  }

  @Override
  public boolean multiplies(ElementType inputs) {
    return inputs == ElementType.FLOAT32 || OneDnn.multipliesBfloat16();
  }

  /** Where the processor has no bfloat16 products, they are float32 products of rounded inputs. */
  @Override
  public Matmul plan(Product product, NativeMemory memory) {
    return multiplies(product.inputs())
        ? new OneDnnMatmul(product, memory)
        : new WideningMatmul(product, memory, OneDnnMatmul::new);
  }

  /** What to do where products would run on several threads: the library offers no call for it. */
  static Optional<String> threadAdvice(String ompThreads) {
    return "1".equals(ompThreads)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s is %s: every task that multiplies starts threads of its own; export %s=1",
                THREADS,
                ompThreads == null ? "not set" : ompThreads,
                THREADS));
  }

  /** What a failure to load means, with the loader's own words. */
  static String explain(Throwable failure) {
    if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
      return explain(failure.getCause());
    }
    String words = failure.toString();
    if (words.contains("GLIBC")) {
      return "oneDNN needs a newer C library (glibc 2.34): " + words;
    }
    if (failure instanceof NoClassDefFoundError) {
      return "oneDNN's jars (org.bytedeco: dnnl, opencl, javacpp) are not on the class path: "
          + words;
    }
    if (failure instanceof UnsatisfiedLinkError) {
      return "oneDNN's native library of this platform is missing or does not load: " + words;
    }
    return "oneDNN does not load: " + words;
  }
}
