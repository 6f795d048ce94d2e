package org.rondo.kernels.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.MatmulContract;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.onednn.OneDnnMatmulProvider;

class Nd4jMatmulTest extends MatmulContract {
  @Override
  protected MatmulProvider provider() {
    return new Nd4jMatmulProvider();
  }

  /** ND4J makes objects for every operation. */
  @Override
  protected long allowedBytesPerRun() {
    return 20_000;
  }

  @Test
  void itIsChosenByNameAndStandsBehindOneDnn() {
    assertThat(Kernels.choose("nd4j", "java").matmul().name()).isEqualTo("nd4j");
    assertThat(provider().description()).isEqualTo("CpuBackend, OPENBLAS");
    boolean oneDnnRuns = new OneDnnMatmulProvider().unavailable().isEmpty();
    assertThat(Kernels.choose("auto", "java").matmul().name())
        .isEqualTo(oneDnnRuns ? "onednn" : "nd4j");
  }
}
