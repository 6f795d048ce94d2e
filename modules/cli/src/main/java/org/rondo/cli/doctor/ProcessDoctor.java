package org.rondo.cli.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.runs.spark.ExecutorLocale;
import org.rondo.runs.spark.LocalFolders;

/** Looks at what a process was started with: its locale, its limits, its temporary folder. */
final class ProcessDoctor {
  /** Spark's jars, the connections of a few executors, and files of shuffles. */
  private static final long LEAST_FILES = 512;

  private ProcessDoctor() {}

  static List<Finding> examine() {
    return List.of(
        names(ExecutorLocale.ofNames()),
        openFiles(limitOfFiles()),
        temporary(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param charset of file names and arguments, by the locale
   */
  static Finding names(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        ? Finding.well("locale", "file names and arguments are read as UTF-8")
        : Finding.ill(
            "locale",
            String.format(
                Locale.ROOT,
                "file names and arguments are read as %s, so others than its own are lost",
                charset),
            "start the process with LC_ALL=C.UTF-8, as scripts/rondo does; executors with spark.executorEnv.LC_ALL=C.UTF-8");
  }

  private static Optional<Long> limitOfFiles() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(unix.getMaxFileDescriptorCount())
        : Optional.empty();
  }

  /**
   * @param limit of this process; empty where there is none
   */
  static Finding openFiles(Optional<Long> limit) {
    String found =
        limit
            .map(files -> String.format(Locale.ROOT, "%,d at a time", files))
            .orElse("without a limit");
    return limit.filter(files -> files < LEAST_FILES).isPresent()
        ? Finding.ill(
            "open files", found, "raise the limit where the process starts: ulimit -n 4096")
        : Finding.well("open files", found);
  }

  static Finding temporary(String folder) {
    return LocalFolders.obstacle(folder)
        .map(
            obstacle ->
                Finding.ill(
                    "temporary",
                    String.format(Locale.ROOT, "%s cannot be written to: %s", folder, obstacle),
                    "make room, or give another: TMPDIR for scripts/rondo, spark.local.dir and -Djava.io.tmpdir elsewhere"))
        .orElseGet(() -> Finding.well("temporary", "the folder for temporary files has room"));
  }
}
