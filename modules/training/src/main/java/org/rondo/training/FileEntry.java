package org.rondo.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * A file of a checkpoint as its manifest lists it. Not a record, since tasks hand it to the driver
 * through serializers that cannot restore records.
 */
public final class FileEntry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long bytes;
  private final String sha256;

  /**
   * @param name path below the checkpoint's folder
   * @param sha256 in hexadecimal
   */
  @JsonCreator
  public FileEntry(
      @JsonProperty("name") String name,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("sha256") String sha256) {
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
