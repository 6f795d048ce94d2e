package org.rondo.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.cli.CommandLineRun;
import org.rondo.cli.exit.ExitCode;
import org.rondo.kernels.Kernels;
import org.rondo.runs.spark.ExecutorLocale;
import org.rondo.training.workspace.KernelPlan;

final class DoctorTest {
  @TempDir private Path folder;

  /** What a machine lacks is told, and where it lacks nothing, no cure. */
  @Test
  void everyKernelIsNamedAndWhatDoesNotRunComesWithACure() {
    List<String> kernels = Kernels.best().explanation();
    boolean healthy =
        kernels.stream().noneMatch(line -> line.contains(Kernels.UNAVAILABLE))
            && ExecutorLocale.isUtf8();

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
        .map(Finding::found)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatAProcessWasStartedWithComesWithACureWhereItIsTooLittle() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(ProcessDoctor.names(StandardCharsets.UTF_8).isIll()).isFalse();
    assertThat(ProcessDoctor.names(StandardCharsets.US_ASCII).cure().orElseThrow())
        .contains("LC_ALL=C.UTF-8", "spark.executorEnv.LC_ALL");
    assertThat(ProcessDoctor.openFiles(Optional.empty()).isIll()).isFalse();
    assertThat(ProcessDoctor.openFiles(Optional.of(64L)).found()).isEqualTo("64 at a time");
    assertThat(ProcessDoctor.openFiles(Optional.of(64L)).isIll()).isTrue();
    assertThat(ProcessDoctor.temporary(folder.toString()).isIll()).isFalse();
    assertThat(ProcessDoctor.temporary(file.toString()).found())
        .startsWith(file + " cannot be written to: ");
  }

  @Test
  void executorsOfALocalClusterNeedAFolderOfJars() {
    assertThat(Doctor.master("local-cluster[2,1,1024]", null).cure()).isPresent();
    assertThat(Doctor.master("local[2]", null).cure()).isEmpty();
  }

  @Test
  void mastersThatCannotBeReachedComeWithACure() {
    assertThat(Doctor.master("foo", null).found())
        .startsWith("spark.master = foo is no master of Spark");
    assertThat(Doctor.master("spark://127.0.0.1:1", null).found())
        .isEqualTo("no master answers at 127.0.0.1:1 (Connection refused)");
    assertThat(Doctor.master("yarn", null).isIll()).isFalse();
    assertThat(Doctor.master("local[*]", null).isIll()).isFalse();
  }

  @Test
  void whatAConfigurationNamesIsLookedAt() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "some words");
    Path conf =
        Files.writeString(folder.resolve("run.conf"), "data.path = \"%s\"\n".formatted(text));

    assertThat(doctor(conf, "output=" + folder.resolve("out")).out())
        .contains("text.txt (1 file, 10 bytes)")
        .containsPattern("ok +buffers")
        .contains(folder + " can be written to");
    assertThat(doctor(conf, "output=" + text + "/out").out())
        .contains("text.txt is a file, so no folder can be made there");
    assertThat(doctor(conf, "output=foo://x/y").out()).contains("No FileSystem for scheme \"foo\"");
    assertThat(doctor(conf, "data.path=" + folder.resolve("none")).out())
        .contains("data: nothing at " + folder.resolve("none"));
  }

  @Test
  void anOutputIsLookedAtWithoutAConfigurationFileToo() {
    assertThat(CommandLineRun.of(List.of("doctor", "--set", "output=foo://x/y")).out())
        .contains("No FileSystem for scheme \"foo\"");
  }

  private static CommandLineRun doctor(Path conf, String set) {
    return CommandLineRun.of("doctor", conf.toString(), "--set", set);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glibc 2.31", "glibc 2.3.4", "glibc 1.99", ""})
  void aCLibraryThatIsTooOldComesWithACure(String library) {
    Finding finding = Doctor.glibc(library);
    assertThat(finding.found()).endsWith("; oneDNN needs glibc 2.34");
    assertThat(finding.cure())
        .hasValueSatisfying(cure -> assertThat(cure).contains("Debian 12", "ND4J"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"glibc 2.34", "glibc 2.36", "glibc 3.0"})
  void aRecentCLibraryIsWell(String library) {
    assertThat(Doctor.glibc(library).isIll()).isFalse();
  }

  @Test
  void everyExecutorOfAMasterLooksAtItself() {
    CommandLineRun run =
        CommandLineRun.of(
            List.of(
                "doctor",
                "--cluster",
                "--master",
                "local[2]",
                "--set",
                "spark.ui.enabled=false",
                // which Spark passes over here
                "--set",
                "spark.executor.instances=4"));

    assertThat(run.out())
        .contains("this process", "executor driver on ", "the cluster")
        .contains("1 of 1 answered; they run 2 tasks at a time")
        .contains("the same on the driver and all executors");
    assertThat(run.out().split("jdk.incubator.vector is loaded|not loaded", -1)).hasSize(3);
  }

  @Test
  void tasksThatWouldNotFitInMemoryComeWithACure() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("large.conf"),
            """
            output = "%s"
            data.maximum_vocabulary = 50000
            network { units = 1024, layers = 2 }
            shards = 64
            spark { executor.cores = 8, executor.memoryOverhead = 2g }
            """
                .formatted(folder.resolve("out")));

    CommandLineRun run = CommandLineRun.of(List.of("doctor", conf.toString(), "--master", "yarn"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.out())
        .contains("spark.executor.memoryOverhead = 2048m is too little: the native buffers of 8")
        .contains("cure: give at least");
  }
}
