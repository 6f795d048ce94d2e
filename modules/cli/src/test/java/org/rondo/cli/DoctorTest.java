package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorTest {
  @Test
  void aHealthyMachineIsToldWhatRunsAndWhy() {
    CommandLineRun run = CommandLineRun.of(List.of("doctor"));

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("Java", "OMP_NUM_THREADS = 1", "kernels.matmul = java", "heap up to", "Spark")
        .containsPattern("kernels\\.matmul = \\w+: in use")
        .doesNotContain("cure");
  }

  @Test
  void aKernelThatDoesNotRunComesWithACure() {
    assertThat(Doctor.examine("abacus", "auto"))
        .filteredOn(finding -> finding.cure().isPresent())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).contains("kernels.matmul = abacus");
              assertThat(finding.cure()).hasValueSatisfying(c -> assertThat(c).contains("auto"));
            });
  }

  @Test
  void executorsOfALocalClusterNeedAFolderOfJars() {
    assertThat(Doctor.spark("local-cluster[2,1,1024]", null).cure()).isPresent();
    assertThat(Doctor.spark("local[2]", null).cure()).isEmpty();
  }
}
