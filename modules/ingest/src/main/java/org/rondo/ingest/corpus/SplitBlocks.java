package org.rondo.ingest.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.StorageReason;

/**
 * The blocks of one split of a prepared corpus, for reading. Safe for use by several threads.
 *
 * @param content of the split, as the manifest says
 * @param vocabulary number of ids that there are
 */
record SplitBlocks(
    FileSystem fs,
    Path folder,
    String split,
    BlockFormat format,
    Manifest.Content content,
    int vocabulary) {
  /**
   * Opens them by the manifest alone.
   *
   * @throws IngestException if the split is no longer the one with that fingerprint
   */
  static SplitBlocks open(CorpusFolder place, String split, String fingerprint, int vocabulary) {
    var folder = new Path(place.uri());
    try {
      FileSystem fs = folder.getFileSystem(place.hadoop().configuration());
      Manifest manifest = Manifest.read(fs, folder);
      Manifest.Content content = manifest.split(split);
      if (!content.fingerprint().equals(fingerprint)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "corpus: the %s split of %s changed while it was read: its fingerprint is %.12s, it was %.12s",
                split,
                folder,
                content.fingerprint(),
                fingerprint));
      }
      return new SplitBlocks(fs, folder, split, manifest.blocks(), content, vocabulary);
    } catch (IOException e) {
      throw unreadable(new Path(folder, Manifest.FILE), e);
    }
  }

  /**
   * Reads ids {@code from ..< from + count}, checking every block on the way; holds one block
   * beside the result.
   *
   * @throws IndexOutOfBoundsException if the split is shorter
   * @throws IngestException if a block is missing or damaged
   */
  int[] read(long from, int count) {
    Objects.checkFromIndexSize(from, (long) count, content.tokens());
    var ids = new int[count];
    int done = 0;
    while (done < count) {
      long at = from + done;
      int offset = (int) (at % format.idsPerBlock());
      int[] block = block((int) (at / format.idsPerBlock()));
      int part = Math.min(count - done, block.length - offset);
      System.arraycopy(block, offset, ids, done, part);
      done += part;
    }
    return ids;
  }

  private int[] block(int index) {
    long before = (long) index * format.idsPerBlock();
    int held = (int) Math.min(format.idsPerBlock(), content.tokens() - before);
    Path path = BlockFormat.path(folder, split, index);
    try {
      int[] ids = format.read(fs, path, held, content.checksums().get(index));
      requireKnown(ids, path);
      return ids;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void requireKnown(int[] ids, Path path) {
    for (int id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "corpus: block %s holds id %d, where the vocabulary has %d tokens; delete the corpus folder and prepare it again",
                path,
                id,
                vocabulary));
      }
    }
  }

  private static UncheckedIOException unreadable(Path path, IOException e) {
    return new UncheckedIOException(
        String.format(Locale.ROOT, "corpus: cannot read %s: %s", path, StorageReason.of(e)), e);
  }
}
