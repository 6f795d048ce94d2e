package org.rondo.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The list of a checkpoint's files, written after all of them: a folder without a readable manifest
 * is no checkpoint, and a file that is not listed is not part of it.
 *
 * @param version of the checkpoint's format
 * @param round after which it was written
 * @param fingerprint of the kernels that trained it
 */
record Manifest(int version, int round, String fingerprint, List<FileEntry> files) {
  static final String NAME = "manifest.json";
  static final int VERSION = 3;

  /** Segments that do not begin with a dot, joined by slashes: no root, no scheme, no way up. */
  private static final Pattern NAME_INSIDE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  Manifest {
    files = List.copyOf(files);
  }

  /**
   * The manifest of a folder; empty if it holds none that is whole.
   *
   * @throws CheckpointException if it cannot be read for another reason, for then nobody knows
   */
  static Optional<Manifest> read(Storage folder) {
    try {
      FileSystem files = folder.fileSystem();
      Path path = folder.path(NAME);
      if (!files.exists(path)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(path)) {
        Manifest manifest = JSON.readValue(in, Manifest.class);
        manifest.requireNamesInside(path);
        return Optional.of(manifest);
      }
    } catch (JsonProcessingException | ChecksumException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CheckpointException(
          String.format(Locale.ROOT, "checkpoint: cannot read %s: %s", folder.path(NAME), e), e);
    }
  }

  /** A manifest is data from elsewhere: it must not make anyone open files of other folders. */
  private void requireNamesInside(Path path) {
    for (FileEntry entry : files) {
      Require.intact(
          entry.name() != null && NAME_INSIDE.matcher(entry.name()).matches(),
          String.format(
              Locale.ROOT,
              "checkpoint: %s lists \"%s\", which is no name of a file in its folder",
              path,
              entry.name()));
    }
  }

  String toJson() {
    return toJson(this);
  }

  static String toJson(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value, e);
    }
  }

  /**
   * The entry of that name.
   *
   * @throws CheckpointException if there is none
   */
  FileEntry file(String name, Storage folder) {
    for (FileEntry entry : files) {
      if (entry.name().equals(name)) {
        return entry;
      }
    }
    throw new CheckpointException(
        String.format(
            Locale.ROOT, "checkpoint: the manifest of %s lists no %s", folder.uri(), name));
  }
}
