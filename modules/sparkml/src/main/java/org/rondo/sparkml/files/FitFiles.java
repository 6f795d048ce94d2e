package org.rondo.sparkml.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.JsonFile;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Storage;

/**
 * The folder of a saved model: a checkpoint in {@value #CHECKPOINT} and the rest in {@value #FIT}.
 */
public final class FitFiles {
  private static final String CHECKPOINT = "checkpoint";
  private static final String FIT = "fit.json";

  private FitFiles() {}

  /** Fields of {@value #FIT} that are still to be checked. */
  public interface Contents<T> {
    /** Reads them. */
    T read(ObjectNode object) throws JsonProcessingException;
  }

  /** Writes a network and what stands beside it. */
  public static void write(
      Path folder, Configuration hadoop, TrainedNetwork network, Object contents)
      throws IOException {
    network.write(Storage.of(new Path(folder, CHECKPOINT), hadoop));
    JsonFile.write(folder.getFileSystem(hadoop), new Path(folder, FIT), contents);
  }

  /**
   * Reads what {@value #FIT} holds.
   *
   * @throws CheckpointException if it is damaged, or of a later version
   */
  public static <T> T contents(Path folder, Configuration hadoop, Contents<T> contents) {
    var file = new Path(folder, FIT);
    try {
      return contents.read(JsonFile.read(folder.getFileSystem(hadoop), file));
    } catch (JsonProcessingException e) {
      throw unreadable(file, JsonFile.problem(e), e);
    } catch (IOException e) {
      throw unreadable(file, e.getMessage(), e);
    }
  }

  /**
   * The checkpoint of a saved model, or of another folder that holds one.
   *
   * @throws CheckpointException if there is none
   */
  public static Checkpoint checkpoint(Path folder, Configuration hadoop) {
    try {
      boolean saved = folder.getFileSystem(hadoop).exists(new Path(folder, FIT));
      return Checkpoint.open(saved ? new Path(folder, CHECKPOINT) : folder, hadoop);
    } catch (IOException e) {
      throw unreadable(folder, e.getMessage(), e);
    }
  }

  private static CheckpointException unreadable(Path file, String problem, IOException cause) {
    return new CheckpointException(
        String.format(Locale.ROOT, "model: cannot read %s: %s", file, problem), cause);
  }
}
