package org.rondo.cli.doctor;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that {@link Doctor} looked at. Not a record, since executors hand it to the driver
 * through serializers that cannot restore records.
 */
public final class Finding implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final String found;
  private final String cure;

  private Finding(String topic, String found, String cure) {
    this.topic = topic;
    this.found = found;
    this.cure = cure;
  }

  static Finding well(String topic, String found) {
    return new Finding(topic, found, null);
  }

  static Finding ill(String topic, String found, String cure) {
    return new Finding(topic, found, cure);
  }

  String topic() {
    return topic;
  }

  String found() {
    return found;
  }

  /** What to do about it; empty if it is well. */
  Optional<String> cure() {
    return Optional.ofNullable(cure);
  }

  public boolean isIll() {
    return cure != null;
  }

  /** As it is printed: one line, or two with the cure. */
  public String lines() {
    String line = String.format(Locale.ROOT, "%-5s %-14s %s", isIll() ? "ILL" : "ok", topic, found);
    return isIll() ? String.format(Locale.ROOT, "%s%n%-20s cure: %s", line, "", cure) : line;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Finding finding
        && topic.equals(finding.topic)
        && found.equals(finding.found)
        && Objects.equals(cure, finding.cure);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, found, cure);
  }

  @Override
  public String toString() {
    return lines();
  }
}
