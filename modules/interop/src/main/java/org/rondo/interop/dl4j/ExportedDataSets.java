package org.rondo.interop.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;
import org.rondo.driver.jobs.Guarded;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.training.storage.Storage;

/**
 * The data sets of a job as a folder of sequences, one part per partition, in their order. Holds
 * one folder at a time: of what was trained on last, so that epochs over one RDD read it once.
 */
final class ExportedDataSets {
  private final Optional<String> base;
  private Attempt attempt;
  private Configuration hadoop;
  private List<WrittenPart> parts = List.of();

  /** Of what the parts are; null while there are none. */
  private Source source;

  /** Numbers of RDDs are a context's own. */
  private record Source(SparkContext context, int rdd, DataSetSequences kind, int unroll) {}

  /**
   * @param base below which the folder lies; by default below {@code hadoop.tmp.dir}
   */
  ExportedDataSets(Optional<String> base) {
    this.base = base;
  }

  /**
   * The data as sequences, written now unless they are there.
   *
   * @param id of the RDD that they come from
   * @param unroll steps in a row of a minibatch at most
   * @throws IngestException if a data set is not what the network takes, or there is none
   */
  List<WrittenPart> write(JavaRDD<DataSet> data, int id, DataSetSequences kind, int unroll) {
    var wanted = new Source(data.context(), id, kind, unroll);
    if (wanted.equals(source)) {
      return parts;
    }
    delete();
    hadoop = data.context().hadoopConfiguration();
    attempt = begin(data.context().getConf().get("spark.master"));
    SequenceFolder into = folder();
    parts = run(data, into, kind, unroll);
    List<SequencePart> written = parts.stream().map(WrittenPart::part).toList();
    into.commit(kind.shape(), Map.of(Split.TRAIN, written));
    source = wanted;
    return parts;
  }

  /** Where the sequences are. */
  SequenceFolder folder() {
    return SequenceFolder.of(attempt.folder(), hadoop);
  }

  /** For what a carrier keeps between rounds. */
  Storage scratch() {
    return Storage.of(new Path(attempt.folder(), "scratch"), hadoop);
  }

  private static List<WrittenPart> run(
      JavaRDD<DataSet> data, SequenceFolder into, DataSetSequences kind, int unroll) {
    return Guarded.collect(
        data.mapPartitionsWithIndex(
            (part, sets) -> List.of(write(into, part, sets, kind, unroll)).iterator(), false));
  }

  private static WrittenPart write(
      SequenceFolder into, int part, Iterator<DataSet> sets, DataSetSequences kind, int unroll) {
    long attempt = TaskContext.get().taskAttemptId();
    try (SequenceWriter writer = into.writer(kind.shape(), Split.TRAIN, part, attempt)) {
      long rows = 0;
      while (sets.hasNext()) {
        for (Sequence sequence : kind.of(sets.next())) {
          writer.add(sequence);
          rows += (sequence.length() + (long) unroll - 1) / unroll;
        }
      }
      return new WrittenPart(writer.finish(), rows);
    }
  }

  private Attempt begin(String master) {
    String below = base.orElseGet(() -> hadoop.get("hadoop.tmp.dir") + "/rondo");
    var path = new Path(below, "data-sets");
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (base.isEmpty() && files.getScheme().equals("file") && !master.startsWith("local")) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "data sets: %s, below hadoop.tmp.dir, is a folder of each machine's own on %s; give exportDirectory one that driver and executors share",
                below,
                master));
      }
      Path whole = files.makeQualified(path);
      Attempt.removeLeftovers(files, whole);
      return Attempt.beside(files, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "data sets: cannot reach %s: %s", path, StorageReason.of(e)),
          e);
    }
  }

  /** Deletes the folder, if there is one; whether nothing of it is left. */
  boolean delete() {
    source = null;
    if (attempt == null) {
      return true;
    }
    try {
      attempt.close();
      attempt = null;
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
