package org.rondo.ingest.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.DatasetPlace;
import org.rondo.ingest.Deletions;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.Split;
import org.rondo.ingest.text.Vocabulary;

/**
 * Makes a corpus of the ids that tasks write, as the process that has the tasks run. The corpus is
 * there when {@link #commit} returns; until then nothing of it is, and {@link #close} removes all
 * traces.
 */
public final class CorpusBuilder implements AutoCloseable {
  private final Origin origin;
  private final Vocabulary vocabulary;
  private final DatasetPlace<Manifest> place;
  private final Attempt attempt;
  private final CorpusAssembly assembly;
  private final Configuration hadoop;

  private CorpusBuilder(
      Origin origin,
      Vocabulary vocabulary,
      DatasetPlace<Manifest> place,
      int idsPerBlock,
      Configuration hadoop)
      throws IOException {
    this.origin = origin;
    this.vocabulary = vocabulary;
    this.place = place;
    this.hadoop = hadoop;
    attempt = Attempt.beside(place.fileSystem(), place.real());
    assembly =
        new CorpusAssembly(
            CorpusFolder.of(place.fileSystem().makeQualified(attempt.folder()), hadoop),
            vocabulary.size(),
            idsPerBlock);
  }

  /**
   * The corpus of that origin, if it is prepared: in {@code folder} or beside it.
   *
   * @throws org.rondo.ingest.IngestException if the folder holds something other than a corpus
   */
  public static Optional<Corpus> find(Origin origin, Path folder, Configuration hadoop) {
    return DiskFailure.worded(
        "corpus: cannot read",
        folder,
        () ->
            CorpusPlace.of(folder, origin, hadoop).find().map(found -> Corpus.open(found, hadoop)));
  }

  /**
   * Begins a corpus.
   *
   * @param idsPerBlock in a full block; 0 for as many as usual
   */
  public static CorpusBuilder begin(
      Origin origin, Vocabulary vocabulary, Path folder, int idsPerBlock, Configuration hadoop) {
    int size = idsPerBlock == 0 ? CorpusWriter.IDS_PER_BLOCK : idsPerBlock;
    return DiskFailure.worded(
        "corpus: cannot write",
        folder,
        () -> {
          var place = CorpusPlace.of(folder, origin, hadoop);
          place.find(); // refuses a folder that holds other things before the work
          Attempt.removeLeftovers(place.fileSystem(), place.real());
          return new CorpusBuilder(origin, vocabulary, place, size, hadoop);
        });
  }

  /** What tasks write to. */
  public CorpusAssembly assembly() {
    return assembly;
  }

  /**
   * The blocks of what was written, split by split.
   *
   * @param parts of each split, in their order
   */
  public List<IdBlock> blocks(Map<String, List<IdPart>> parts) {
    var blocks = new ArrayList<IdBlock>();
    for (String split : Split.NAMES) {
      blocks.addAll(
          IdBlock.of(split, parts.getOrDefault(split, List.of()), assembly.idsPerBlock()));
    }
    return blocks;
  }

  /**
   * Puts the corpus in its place, the manifest last.
   *
   * @param parts as given to {@link #blocks}
   * @param checksums of those blocks, in their order
   */
  public Corpus commit(Map<String, List<IdPart>> parts, List<Long> checksums) {
    return commit(parts, checksums, 0);
  }

  /**
   * As above.
   *
   * @param replaced invalid UTF-8 sequences replaced
   */
  public Corpus commit(Map<String, List<IdPart>> parts, List<Long> checksums, long replaced) {
    return DiskFailure.worded(
        "corpus: cannot write",
        attempt.folder(),
        () -> {
          FileSystem fs = place.fileSystem();
          Deletions.folder(
              fs, new Path(attempt.folder(), CorpusAssembly.PARTS), CorpusAssembly::isPart);
          CorpusWriter.writeVocabulary(fs, attempt.folder(), vocabulary);
          new Manifest(
                  Manifest.VERSION,
                  origin,
                  vocabulary.sha256(),
                  assembly.format(),
                  replaced,
                  splits(parts, checksums))
              .write(fs, attempt.folder());
          return Corpus.open(place.commit(attempt), hadoop);
        });
  }

  private Map<String, Manifest.Content> splits(
      Map<String, List<IdPart>> parts, List<Long> checksums) {
    var splits = new LinkedHashMap<String, Manifest.Content>();
    int done = 0;
    for (String split : Split.NAMES) {
      List<IdPart> all = parts.getOrDefault(split, List.of());
      int blocks = IdBlock.of(split, all, assembly.idsPerBlock()).size();
      if (blocks > 0) {
        splits.put(
            split,
            new Manifest.Content(
                all.stream().mapToLong(IdPart::tokens).sum(),
                all.stream().mapToLong(IdPart::unknown).sum(),
                List.copyOf(checksums.subList(done, done + blocks))));
      }
      done += blocks;
    }
    return splits;
  }

  @Override
  public void close() {
    DiskFailure.worded(
        "corpus: cannot delete",
        attempt.folder(),
        () -> {
          attempt.close();
          return attempt;
        });
  }
}
