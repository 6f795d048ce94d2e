package org.rondo.frames.prepare;

import java.io.Serializable;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.Optional;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.Rejections;
import org.rondo.ingest.Sha256;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Fitting;
import scala.Tuple2;

/** What the rows of one part came to when the task was fitted. */
final class FittedPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Fitting fitting;
  private final Rejections rejections = new Rejections();
  private String failure;
  private String digest;

  private FittedPart(Fitting fitting) {
    this.fitting = fitting;
  }

  /**
   * Fits to the training rows of a part, and looks at all others.
   *
   * @param empty nothing gathered yet; takes in the rows
   */
  static FittedPart of(Iterator<Tuple2<RowKey, String>> rows, ExampleBytes bytes, Fitting empty) {
    var part = new FittedPart(empty);
    MessageDigest digest = Sha256.begin();
    while (rows.hasNext()) {
      Tuple2<RowKey, String> row = rows.next();
      part.add(row._1(), row._2(), bytes);
      if (row._1().split() != RowKey.REJECTED) { // the same row may be found at another place
        digest.update((byte) row._1().split());
        digest.update(row._1().content());
      }
    }
    part.digest = Sha256.end(digest);
    return part;
  }

  private void add(RowKey key, String place, ExampleBytes bytes) {
    switch (key.split()) {
      case RowKey.FAILURE -> failure = failure == null ? key.text() : failure;
      case RowKey.REJECTED -> rejections.add(key.text());
      default -> {
        try {
          if (key.isOfTraining()) {
            fitting.add(bytes.decode(key.content(), place));
          }
          rejections.addUsable(1);
        } catch (BadExampleException e) {
          rejections.add(e.getMessage());
        }
      }
    }
  }

  Fitting fitting() {
    return fitting;
  }

  /** Of training, and of all splits that could not be read. */
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
