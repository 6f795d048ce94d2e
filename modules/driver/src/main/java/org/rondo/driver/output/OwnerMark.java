package org.rondo.driver.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What the owner of an output writes into its file. Every mark of a run takes as many bytes, so
 * that it can be renewed on a full disk.
 *
 * @param id of the run that owns the output
 * @param process that the run is in
 * @param since when it became the owner, by that machine's clock; for people
 * @param beat a counter that moves while the owner lives, in digits of a fixed number
 */
record OwnerMark(String id, ProcessIdentity process, String since, String beat) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** A new owner in this process. */
  static OwnerMark fresh() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new OwnerMark(UUID.randomUUID().toString(), ProcessIdentity.own(), now, digits(0));
  }

  /** The mark in a file; empty if it holds none that is whole. */
  static Optional<OwnerMark> parse(String text) {
    try {
      OwnerMark mark = JSON.readValue(text, OwnerMark.class);
      return Optional.ofNullable(mark).filter(OwnerMark::isWhole);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return id != null
        && process != null
        && process.machine() != null
        && process.started() != null
        && process.user() != null;
  }

  /** The same owner, alive at its n-th beat. */
  OwnerMark at(long n) {
    return new OwnerMark(id, process, since, digits(n));
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + this, e);
    }
  }

  /** For sentences. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, since %s", process, since);
  }

  private static String digits(long beat) {
    return String.format(Locale.ROOT, "%012d", beat);
  }
}
