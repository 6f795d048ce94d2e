package org.rondo.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.StorageReason;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Storage;

/**
 * The list of a checkpoint's files, written after all of them: a folder without a manifest is no
 * checkpoint, and a file that is not listed is not part of it.
 *
 * @param version of the checkpoint's format
 * @param round after which it was written
 * @param fingerprint of the kernels that trained it
 */
record Manifest(int version, int round, String fingerprint, List<FileEntry> files) {
  static final String NAME = "manifest.json";
  static final int VERSION = 3;

  private static final List<String> FIELDS = List.of("version", "round", "fingerprint", "files");
  private static final List<String> FIELDS_OF_FILES = List.of("name", "bytes", "sha256");

  /** How the problem of a manifest ends that is not there to its end. */
  static final String CUT = " is damaged: it ends early";

  /** Segments that do not begin with a dot, joined by slashes: no root, no scheme, no way up. */
  private static final Pattern NAME_INSIDE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  Manifest {
    Require.intact(round >= 0, String.format(Locale.ROOT, "round must be >= 0, got %d", round));
    Require.intact(fingerprint != null, "fingerprint is null");
    Require.intact(files != null && !files.contains(null), "files is null, or holds null");
    files = List.copyOf(files);
    var names = new HashSet<String>();
    for (FileEntry file : files) {
      Require.intact(names.add(file.name()), "files lists " + file.name() + " twice");
    }
  }

  /** How far a folder is a checkpoint. */
  enum Whole {
    /** It has a manifest. */
    YES,
    /** It has none: it is being written, or was when its run died, or is being deleted. */
    NOT_YET,
    /** Its manifest ends early. */
    CUT,
    /** Its manifest is there to its end, and not as Rondo writes one. */
    DAMAGED
  }

  /**
   * What a folder's manifest came to.
   *
   * @param manifest null unless it is whole
   * @param problem why it is damaged; empty where it is not
   */
  record Found(Whole whole, Manifest manifest, String problem) {
    /** Whether there is a manifest that cannot be used. */
    boolean isDamaged() {
      return whole == Whole.CUT || whole == Whole.DAMAGED;
    }
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws CheckpointException if it cannot be read, for then nobody knows; if it is of another
   *     version of the format, or holds what this version does not know; or if it names files
   *     outside of the folder
   */
  static Found find(Storage folder) {
    Path path = folder.path(NAME);
    try (InputStream in = folder.fileSystem().open(path)) {
      return parse(in.readAllBytes(), path);
    } catch (FileNotFoundException e) {
      return isDirectory(folder, path) ? unreadable(path, e) : new Found(Whole.NOT_YET, null, "");
    } catch (ChecksumException e) {
      return new Found(
          Whole.DAMAGED, null, path + " is damaged: it is not as Hadoop's checksum beside it says");
    } catch (IOException e) {
      return unreadable(path, e);
    }
  }

  private static boolean isDirectory(Storage folder, Path path) {
    try {
      return folder.fileSystem().getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      return unreadable(path, e) != null;
    }
  }

  private static Found unreadable(Path path, IOException e) {
    throw new CheckpointException(
        String.format(Locale.ROOT, "checkpoint: cannot read %s: %s", path, StorageReason.of(e)), e);
  }

  private static Found parse(byte[] json, Path path) {
    try {
      JsonNode tree = STRICT.readTree(json);
      if (tree.isMissingNode()) {
        return new Found(Whole.CUT, null, path + CUT);
      }
      requireVersion(tree.path("version"), path);
      requireKnown(tree, path);
      Manifest manifest = STRICT.treeToValue(tree, Manifest.class);
      if (manifest == null) {
        return new Found(Whole.DAMAGED, null, path + " is damaged: it holds null");
      }
      manifest.requireNamesInside(path);
      return new Found(Whole.YES, manifest, "");
    } catch (JsonEOFException e) {
      return new Found(Whole.CUT, null, path + CUT);
    } catch (JsonProcessingException e) {
      return new Found(
          Whole.DAMAGED, null, String.format(Locale.ROOT, "%s is damaged: %s", path, firstLine(e)));
    } catch (IOException e) {
      return unreadable(path, e);
    }
  }

  private static void requireVersion(JsonNode version, Path path) {
    Require.intact(
        !version.isIntegralNumber() || version.asLong() == VERSION,
        String.format(
            Locale.ROOT,
            "checkpoint: %s is of format version %s, this Rondo reads %d",
            path.getParent(),
            version.asText(),
            VERSION));
  }

  /**
   * Refuses a manifest that is whole and holds more than this version knows: what that says may
   * decide how the files are to be read.
   */
  private static void requireKnown(JsonNode tree, Path path) {
    var unknown = new ArrayList<String>(unknown(tree, FIELDS));
    tree.path("files").forEach(file -> unknown.addAll(unknown(file, FIELDS_OF_FILES)));
    Require.intact(
        unknown.isEmpty(),
        String.format(
            Locale.ROOT,
            "checkpoint: %s was written by a newer version of Rondo: this one does not know its field %s",
            path,
            unknown.isEmpty() ? "" : unknown.get(0)));
  }

  /** The fields beside the known ones, if all of those are there; else it is damaged. */
  private static List<String> unknown(JsonNode object, List<String> known) {
    var others = new ArrayList<String>();
    object.fieldNames().forEachRemaining(others::add);
    return others.containsAll(known)
        ? others.stream().filter(name -> !known.contains(name)).toList()
        : List.of();
  }

  /** Without the excerpt that the parser adds. */
  private static String firstLine(JsonProcessingException e) {
    String message =
        e.getCause() instanceof CheckpointException worded
            ? worded.getMessage()
            : String.valueOf(e.getOriginalMessage());
    return message.lines().findFirst().orElse(message);
  }

  /** A manifest is data from elsewhere: it must not make anyone open files of other folders. */
  private void requireNamesInside(Path path) {
    for (FileEntry entry : files) {
      Require.intact(
          NAME_INSIDE.matcher(entry.name()).matches(),
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
