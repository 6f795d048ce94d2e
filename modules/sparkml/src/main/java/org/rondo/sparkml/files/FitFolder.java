package org.rondo.sparkml.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.rondo.ingest.Attempt;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.storage.Storage;

/**
 * Where a fit keeps prepared rows and checkpoints: a folder that was given, which stays, or one
 * that is deleted at the end.
 */
public final class FitFolder implements AutoCloseable {
  private final Path folder;
  private final Configuration hadoop;
  private final Optional<Attempt> temporary;

  private FitFolder(Path folder, Configuration hadoop, Optional<Attempt> temporary) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.temporary = temporary;
  }

  /**
   * A folder for one fit.
   *
   * @param given {@code checkpointDir}, if it is set
   * @throws IllegalArgumentException if none is given, and none is known that executors reach
   */
  public static FitFolder open(SparkContext spark, Optional<String> given) {
    Configuration hadoop = spark.hadoopConfiguration();
    Path place = new Path(given.orElseGet(() -> temporary(spark, hadoop)));
    try {
      FileSystem fs = place.getFileSystem(hadoop);
      Path folder = fs.makeQualified(place);
      if (given.isPresent()) {
        return new FitFolder(folder, hadoop, Optional.empty());
      }
      var named = new Path(folder, "rondo-fit");
      Attempt.removeLeftovers(fs, named);
      var attempt = Attempt.beside(fs, named);
      return new FitFolder(attempt.folder(), hadoop, Optional.of(attempt));
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "the folder %s cannot be written: %s; checkpointDir names another",
              place,
              e.getMessage()),
          e);
    }
  }

  /** Of one machine, or of the file system that its cluster shares. */
  private static String temporary(SparkContext spark, Configuration hadoop) {
    if (spark.getCheckpointDir().isDefined()) {
      return spark.getCheckpointDir().get();
    }
    if (spark.isLocal()) {
      return new Path(new java.io.File(System.getProperty("java.io.tmpdir")).toURI()).toString();
    }
    try {
      FileSystem shared = FileSystem.get(hadoop);
      if (!shared.getUri().getScheme().equals("file")) {
        return shared.getHomeDirectory().toString();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException(
        "checkpointDir is not set: on a cluster without a shared default file system, name a folder that the driver and all executors reach");
  }

  /** Of the prepared rows. */
  public Path rows() {
    return new Path(folder, "rows");
  }

  /**
   * The output of a run: that of an earlier one which can go on, or an empty one.
   *
   * @param digest of all that decides the result
   */
  public Storage run(String digest) {
    for (int n = 1; ; n++) {
      String name = String.format(Locale.ROOT, "fit-%s-%d", digest.substring(0, 16), n);
      Storage output = Storage.of(new Path(folder, name), hadoop);
      if (hasRound(output) || new CheckpointStore(output).newestBest().checkpoint().isEmpty()) {
        return output;
      }
    }
  }

  /** Whether a run has left a checkpoint to go on from. */
  public static boolean hasRound(Storage output) {
    return new CheckpointStore(output).newestRound().checkpoint().isPresent();
  }

  @Override
  public void close() {
    temporary.ifPresent(
        attempt -> {
          try {
            attempt.close();
          } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
          }
        });
  }
}
