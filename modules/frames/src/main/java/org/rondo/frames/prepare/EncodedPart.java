package org.rondo.frames.prepare;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.rondo.frames.SplitReport;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.Rejections;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.UnseenLabelException;
import scala.Tuple2;

/** The files that one part was written to, and what was counted meanwhile. */
final class EncodedPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, SequencePart> files = new TreeMap<>();
  private final TreeMap<String, SplitTally> tallies = new TreeMap<>();
  private final Rejections rejections = new Rejections();

  private EncodedPart() {}

  /**
   * Encodes the rows of a part and writes them, by split, in their order.
   *
   * @param files begins the file of a split
   */
  static EncodedPart of(
      Iterator<Tuple2<RowKey, String>> rows,
      ExampleBytes bytes,
      Features features,
      Function<String, SequenceWriter> files) {
    var encoded = new EncodedPart();
    Map<String, SequenceWriter> writers = new HashMap<>();
    try {
      while (rows.hasNext()) {
        Tuple2<RowKey, String> row = rows.next();
        RowKey key = row._1();
        if (key.split() >= Split.NAMES.size()) {
          encoded.rejections.add(key.text());
          continue;
        }
        String split = Split.NAMES.get(key.split());
        Example example = bytes.decode(key.content(), row._2());
        Sequence sequence = encoded.encode(example, bytes, features, split);
        if (sequence != null) {
          writers.computeIfAbsent(split, files).add(sequence);
        }
      }
      writers.forEach((split, writer) -> encoded.files.put(split, writer.finish()));
      return encoded;
    } finally {
      writers.values().forEach(SequenceWriter::close);
    }
  }

  private Sequence encode(Example example, ExampleBytes bytes, Features features, String split) {
    SplitTally tally = tallies.computeIfAbsent(split, s -> new SplitTally());
    Sequence sequence;
    try {
      sequence = features.encode(example, tally.counts());
    } catch (BadExampleException e) {
      rejections.add(e.getMessage());
      if (e instanceof UnseenLabelException) {
        tally.counts().add(SplitReport.UNSEEN, 1);
      }
      return null;
    }
    tally.add(sequence.length());
    rejections.addUsable(1);
    bytes.labelsOf(example).forEach(tally::addLabel);
    return sequence;
  }

  Map<String, SequencePart> files() {
    return files;
  }

  Map<String, SplitTally> tallies() {
    return tallies;
  }

  Rejections rejections() {
    return rejections;
  }
}
