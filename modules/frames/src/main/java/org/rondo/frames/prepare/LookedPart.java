package org.rondo.frames.prepare;

import java.io.Serializable;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rondo.frames.rows.Rejections;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;
import scala.Tuple2;

/** What the rows of one part are, whatever is made of them. */
final class LookedPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> usable = new TreeMap<>();
  private final Rejections rejections = new Rejections();
  private String failure;
  private String digest;

  private LookedPart() {}

  static LookedPart of(Iterator<Tuple2<RowKey, String>> rows) {
    var part = new LookedPart();
    MessageDigest digest = Sha256.begin();
    while (rows.hasNext()) {
      RowKey key = rows.next()._1();
      part.add(key);
      if (key.split() != RowKey.REJECTED) { // the same row may be found at another place
        digest.update((byte) key.split());
        digest.update(key.content());
      }
    }
    part.digest = Sha256.end(digest);
    return part;
  }

  private void add(RowKey key) {
    switch (key.split()) {
      case RowKey.FAILURE -> failure = failure == null ? key.text() : failure;
      case RowKey.REJECTED -> rejections.add(key.text());
      default -> {
        rejections.addUsable(1);
        usable.merge(Split.NAMES.get(key.split()), 1L, Long::sum);
      }
    }
  }

  /** Rows of each split. */
  Map<String, Long> usable() {
    return usable;
  }

  Rejections rejections() {
    return rejections;
  }

  /** Why a source as a whole could not be read. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** SHA-256 of all rows that could be read, with their splits. */
  String digest() {
    return digest;
  }
}
