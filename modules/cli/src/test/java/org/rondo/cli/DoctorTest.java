package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.Kernels;
import org.rondo.training.KernelPlan;

final class DoctorTest {
  /** What a machine lacks is told, and where it lacks nothing, no cure. */
  @Test
  void everyKernelIsNamedAndWhatDoesNotRunComesWithACure() {
    List<String> kernels = Kernels.best().explanation();
    boolean healthy = kernels.stream().noneMatch(line -> line.contains(Kernels.UNAVAILABLE));

    CommandLineRun run = CommandLineRun.of(List.of("doctor"));

    assertThat(run.out())
        .contains("Java", "OMP_NUM_THREADS = 1", "heap up to", "Spark")
        .contains(kernels)
        .containsPattern("kernels\\.matmul = \\w+: in use")
        .containsPattern("kernels\\.elementwise = \\w+: in use");
    assertThat(run.exitCode())
        .as(run.out())
        .isEqualTo((healthy ? ExitCode.DONE : ExitCode.FAILED).number());
    assertThat(run.out().contains("cure")).as(run.out()).isEqualTo(!healthy);
  }

  @Test
  void aKernelThatDoesNotExistComesWithACure() {
    assertThat(Doctor.examine(new KernelPlan("abacus", "auto", "auto", false)))
        .filteredOn(finding -> finding.found().contains("abacus"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).contains("kernels.matmul = abacus");
              assertThat(finding.cure()).hasValueSatisfying(c -> assertThat(c).contains("auto"));
            });
  }

  @Test
  void whatAutomaticPrecisionMeansIsToldWithItsReason() {
    assertThat(precision(new KernelPlan("java", "auto", "auto", false)))
        .isEqualTo(
            "auto; auto means float32 here, since java has no products of bfloat16; a run takes"
                + " what its driver and all executors have");
    assertThat(precision(new KernelPlan("java", "auto", "bfloat16", false)))
        .startsWith("precision = bfloat16 is slower here than float32");
  }

  private static String precision(KernelPlan kernels) {
    return Doctor.examine(kernels).stream()
        .filter(finding -> finding.topic().equals("precision"))
        .map(Doctor.Finding::found)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void executorsOfALocalClusterNeedAFolderOfJars() {
    assertThat(Doctor.spark("local-cluster[2,1,1024]", null).cure()).isPresent();
    assertThat(Doctor.spark("local[2]", null).cure()).isEmpty();
  }
}
