package org.rondo.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.ElementType;
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

  /** Why {@link OneDnnMatmul} adds long rows itself; once this fails, it need not any more. */
  @Test
  void theLibraryWritesBehindItsScratchMemoryWhereItAddsALongRow() {
    try (var memory = new NativeMemory()) {
      assertThat(bytesWrittenBehindScratch(1025, memory)).isPositive();
      assertThat(bytesWrittenBehindScratch(1024, memory)).isZero();
    }
  }

  /** Plans and runs {@code C += A B}, (1,K) times (K,900), by the library's own classes. */
  private static long bytesWrittenBehindScratch(int k, NativeMemory owner) {
    int n = 900;
    int guarded = 1 << 16;
    var layouts = new Layouts(owner);
    memory.desc a = layouts.matrix(1, k, false, ElementType.FLOAT32);
    memory.desc c = layouts.matrix(1, n, false, ElementType.FLOAT32);
    post_ops sum = owner.own(new post_ops());
    sum.append_sum();
    primitive_attr attributes = owner.own(new primitive_attr());
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    attributes.set_post_ops(sum);
    var plan =
        owner.own(
            new matmul.primitive_desc(
                OneDnn.ENGINE,
                a,
                layouts.anyLayout(k, n, ElementType.FLOAT32),
                c,
                attributes,
                false));
    memory.desc scratch = owner.own(plan.scratchpad_desc());
    int asked = Math.toIntExact(scratch.get_size());
    NativeBuffer behind = owner.floats((asked + guarded) / Float.BYTES);
    for (int i = 0; i < behind.length(); i++) {
      behind.set(i, 12345f);
    }
    memory.desc packed = owner.own(plan.weights_desc());
    IntMemoryMap operands = owner.own(new IntMemoryMap());
    operands.put(dnnl.DNNL_ARG_SRC, layouts.bind(a, owner.floats(k)));
    operands.put(dnnl.DNNL_ARG_WEIGHTS, layouts.allocate(packed));
    operands.put(dnnl.DNNL_ARG_DST, layouts.bind(c, owner.floats(n)));
    operands.put(dnnl.DNNL_ARG_SCRATCHPAD, layouts.bind(scratch, behind));
    owner.own(new matmul(plan)).execute(owner.own(new stream(OneDnn.ENGINE)), operands);
    long written = 0;
    for (int i = (asked + Float.BYTES - 1) / Float.BYTES; i < behind.length(); i++) {
      written += behind.get(i) == 12345f ? 0 : Float.BYTES;
    }
    return written;
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
