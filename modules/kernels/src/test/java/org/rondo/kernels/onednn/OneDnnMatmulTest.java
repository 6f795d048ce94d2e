package org.rondo.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.MatmulContract;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

class OneDnnMatmulTest extends MatmulContract {
  @Override
  protected MatmulProvider provider() {
    return new OneDnnMatmulProvider();
  }

  @Test
  void aPlanMadeInOneThreadRunsInAnother() throws InterruptedException {
    try (var memory = new NativeMemory()) {
      Product product = Product.of(200, 300, 100).withTransposedA();
      NativeBuffer a = memory.floats(60_000);
      NativeBuffer b = memory.floats(30_000);
      a.set(0, 2f);
      b.set(0, 3f);
      NativeBuffer c = memory.floats(20_000);
      var call = provider().plan(product, memory).bind(a, b, c);
      var other = new Thread(call::run);
      other.start();
      other.join();
      assertThat(c.get(0)).isEqualTo(6f);
    }
  }

  @Test
  void packedWeightsCountAsMemoryOfTheirOwner() {
    try (var memory = new NativeMemory()) {
      var plan = provider().plan(Product.of(20, 300, 100), memory);
      NativeBuffer source = memory.floats(30_000);
      long before = memory.allocatedBytes();
      plan.weights(source);
      assertThat(memory.allocatedBytes() - before).isGreaterThanOrEqualTo(30_000L * Float.BYTES);
    }
  }

  @Test
  void descriptionNamesVersionAndInstructionSetAlone() {
    assertThat(OneDnn.description()).matches("3\\.11\\.\\d+, (avx|sse)\\w+");
  }

  @Test
  void moreThanOneThreadIsAdvisedAgainst() {
    assertThat(OneDnnMatmulProvider.threadAdvice("1")).isEmpty();
    assertThat(OneDnnMatmulProvider.threadAdvice("4")).get().asString().contains("is 4");
    assertThat(OneDnnMatmulProvider.threadAdvice(null)).get().asString().contains("is not set");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"null, 6", "1, 1", "4, 4", "'3,2', 3", "' 2 ', 2", "many, 6", "0, 6", "'', 6"})
  void threadsAreThoseOfTheEnvironmentOrAllCores(String ompThreads, int threads) {
    assertThat(OneDnnMatmulProvider.threads(ompThreads, 6)).isEqualTo(threads);
  }

  @Test
  void failuresToLoadAreExplained() {
    assertThat(
            OneDnnMatmulProvider.explain(
                new UnsatisfiedLinkError("libdnnl.so: version `GLIBC_2.34' not found")))
        .startsWith("oneDNN needs a newer C library (glibc 2.34)");
    assertThat(OneDnnMatmulProvider.explain(new NoClassDefFoundError("org/bytedeco/dnnl/engine")))
        .startsWith(
            "oneDNN's jars (org.bytedeco: dnnl, opencl, javacpp) are not on the class path");
    assertThat(OneDnnMatmulProvider.explain(new UnsatisfiedLinkError("no jnidnnl")))
        .startsWith("oneDNN's native library of this platform is missing");
    assertThat(
            OneDnnMatmulProvider.explain(
                new ExceptionInInitializerError(new IllegalStateException("no cache folder"))))
        .isEqualTo("oneDNN does not load: java.lang.IllegalStateException: no cache folder");
  }
}
