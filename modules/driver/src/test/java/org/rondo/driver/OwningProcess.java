package org.rondo.driver;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.rondo.driver.output.OutputOwner;
import org.rondo.training.storage.Storage;

/** A process that owns an output until it is killed. */
public final class OwningProcess {
  private OwningProcess() {}

  public static Storage storage(Path folder) {
    return Storage.of(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
  }

  /** Starts one and waits until it owns the folder. */
  public static Process start(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OwningProcess.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int owns = process.getInputStream().read();
    if (owns != '!') {
      throw new AssertionError("the process ended with " + process.waitFor());
    }
    return process;
  }

  public static void main(String[] folder) throws Exception {
    try (OutputOwner owner = OutputOwner.take(storage(Path.of(folder[0])), text -> {})) {
      System.out.write('!');
      System.out.flush();
      Thread.sleep(60_000);
      owner.requireHeld();
    }
  }
}
