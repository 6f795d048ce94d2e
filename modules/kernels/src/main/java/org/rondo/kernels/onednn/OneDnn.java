package org.rondo.kernels.onednn;

import java.util.Locale;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;

/** The loaded library. Touching this class loads it, or throws a {@link LinkageError}. */
final class OneDnn {
  /** The processor; may be used by several threads, and lives as long as the JVM. */
  static final engine ENGINE = new engine(engine.kind.cpu, 0);

  private OneDnn() {}

  /** Loads the library by initializing this class. */
  static void load() {
    dnnl.dnnl_get_effective_cpu_isa();
  }

  /** Version and instruction set. */
  static String description() {
    dnnl_version_t version = dnnl.dnnl_version();
    return String.format(
        Locale.ROOT,
        "%d.%d.%d, %s",
        version.major(),
        version.minor(),
        version.patch(),
        dnnl.get_effective_cpu_isa().intern().name());
  }

  /**
   * Whether there are instructions that multiply bfloat16 (AVX512_BF16 or AMX, which includes it).
   */
  static boolean multipliesBfloat16() {
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    // Instruction sets are sets of bits; what builds on another contains its bits.
    return (isa & dnnl.dnnl_cpu_isa_avx512_core_bf16) == dnnl.dnnl_cpu_isa_avx512_core_bf16;
  }
}
