package org.rondo.training.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file of a checkpoint as its manifest lists it. Not a record, since tasks hand it to the driver
 * through serializers that cannot restore records.
 */
public final class FileEntry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long bytes;
  private final String sha256;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @param name path below the checkpoint's folder
   * @param sha256 in hexadecimal
   * @throws CheckpointException naming the field that holds what it cannot
   */
  @JsonCreator
  public FileEntry(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "bytes", required = true) long bytes,
      @JsonProperty(value = "sha256", required = true) String sha256) {
    Require.intact(name != null, "files: name is null");
    Require.intact(
        bytes >= 0,
        String.format(Locale.ROOT, "files: bytes of \"%s\" must be >= 0, got %d", name, bytes));
    Require.intact(
        sha256 != null && SHA256.matcher(sha256).matches(),
        String.format(
            Locale.ROOT,
            "files: sha256 of \"%s\" must be 64 hexadecimal digits, got %s",
            name,
            sha256));
    this.name = name;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** Path below the checkpoint's folder. */
  @JsonProperty
  public String name() {
    return name;
  }

  /** Length. */
  @JsonProperty
  public long bytes() {
    return bytes;
  }

  /** Of its content, in hexadecimal. */
  @JsonProperty
  public String sha256() {
    return sha256;
  }
}
