package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.rondo.kernels.onednn.OneDnnMatmulProvider;

class KernelsTest {
  @Test
  void implementationsAreChosenByNameAndExplained() {
    Kernels kernels = Kernels.choose("java", "java");
    assertThat(kernels.matmul().name()).isEqualTo("java");
    assertThat(kernels.elementwise()).isInstanceOf(JavaElementwise.class);
    assertThat(kernels.explanation())
        .containsExactly(
            "kernels.matmul = onednn: not chosen",
            "kernels.matmul = java: in use, plain loops",
            "kernels.elementwise = java: in use, plain loops");
  }

  @Test
  void automaticChoiceTakesTheFirstThatRuns() {
    MatmulProvider chosen = Kernels.best().matmul();
    boolean oneDnnRuns = new OneDnnMatmulProvider().unavailable().isEmpty();
    assertThat(chosen.name()).isEqualTo(oneDnnRuns ? "onednn" : "java");
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> Kernels.choose("mkl", "auto"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kernels.matmul = mkl: no such implementation runs here; "
                + "[kernels.matmul = onednn: not chosen, kernels.matmul = java: not chosen]");
  }

  @Test
  void fingerprintNamesImplementationsAndPrecision() {
    assertThat(Kernels.choose("java", "java").fingerprint(ElementType.FLOAT32))
        .isEqualTo("java (plain loops), java (plain loops), FLOAT32");
  }

  @Test
  void fingerprintCountsTheThreadsOfAProductWhereItHasAny() {
    var oneDnn = new OneDnnMatmulProvider();
    assumeTrue(oneDnn.unavailable().isEmpty());

    int threads = oneDnn.threads().orElseThrow();
    assertThat(Kernels.choose("onednn", "java").fingerprint(ElementType.FLOAT32))
        .startsWith("onednn (")
        .contains(threads == 1 ? ", 1 thread), " : ", " + threads + " threads), ");
  }

  @Test
  void fingerprintThatCountsNoThreadsStandsForOne() {
    String old = "onednn (3.9.1, AVX2), vector (256 bits), FLOAT32";
    String one = "onednn (3.9.1, AVX2, 1 thread), vector (256 bits), FLOAT32";
    String four = "onednn (3.9.1, AVX2, 4 threads), vector (256 bits), FLOAT32";

    assertThat(Kernels.sameBits(old, one)).isTrue();
    assertThat(Kernels.sameBits(one, one)).isTrue();
    assertThat(Kernels.sameBits(old, four)).isFalse();
    assertThat(Kernels.sameBits(one, four)).isFalse();
    assertThat(Kernels.withoutThreads(four)).isEqualTo(Kernels.withoutThreads(one)).isEqualTo(old);
  }
}
