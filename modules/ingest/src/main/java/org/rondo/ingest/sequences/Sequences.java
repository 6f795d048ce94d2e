package org.rondo.ingest.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Counted;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.StorageReason;
import org.rondo.models.NetworkSpec;

/**
 * A dataset of prepared sequences in a {@link SequenceFolder}. Shard s of S is its share of the
 * sequences of a split, in the order in which they were written: from number {@code s N / S} of N
 * on. How many parts they were written in does not matter.
 */
public final class Sequences implements Dataset {
  private final FileSystem fs;
  private final Path folder;
  private final SequenceManifest manifest;

  private Sequences(FileSystem fs, Path folder, SequenceManifest manifest) {
    this.fs = fs;
    this.folder = folder;
    this.manifest = manifest;
  }

  static Sequences open(Path folder, Configuration hadoop) {
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      return new Sequences(fs, folder, SequenceManifest.read(fs, folder));
    } catch (FileNotFoundException | ChecksumException e) {
      throw new IngestException(
          String.format(Locale.ROOT, "sequences: %s holds no dataset: %s", folder, e.getMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: %s is not valid: %s",
              new Path(folder, SequenceManifest.FILE),
              JsonFile.problem(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "sequences: cannot read %s: %s", folder, StorageReason.of(e)),
          e);
    }
  }

  @Override
  public Path folder() {
    return folder;
  }

  /** What they are made of. */
  public SequenceShape shape() {
    return manifest.shape();
  }

  /** Sequences of a split; 0 where there is no such split. */
  public long count(String split) {
    return sum(split, SequencePart::sequences);
  }

  private long sum(String split, ToLongFunction<SequencePart> number) {
    return manifest.parts(split).stream().mapToLong(number).sum();
  }

  @Override
  public Shard shard(ShardPlan plan, int shard, long seed) {
    requireOrder(plan.order());
    return read(plan, shard);
  }

  @Override
  public Shard part(ShardPlan plan, int part) {
    requireOrder(plan.order());
    return read(plan, part);
  }

  private SequenceShard read(ShardPlan plan, int shard) {
    plan.requireShard(shard);
    long count = count(plan.split());
    long from = count * shard / plan.shards();
    long to = count * (shard + 1) / plan.shards();
    var found = new ArrayList<Sequence>();
    long before = 0;
    long held = 0;
    for (SequencePart part : manifest.parts(plan.split())) {
      long first = Math.max(from - before, 0);
      long end = Math.min(to - before, part.sequences());
      if (first < end) {
        held += new SequenceReader(fs, folder, shape(), part).read(first, end, found);
        requireMemory(held / Integer.BYTES, plan);
      }
      before += part.sequences();
    }
    return new SequenceShard(found, plan);
  }

  @Override
  public long targets(DataOrder order, String split) {
    return sum(split, SequencePart::targets);
  }

  @Override
  public Deal deal(ShardPlan plan) {
    requireOrder(plan.order());
    requireTargets(plan);
    long count = count(plan.split());
    if (count < plan.shards()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: the %s split of %s holds %s for %s; lower shards or bring more",
              plan.split(),
              folder,
              Counted.of(count, "sequence"),
              Counted.of(plan.shards(), "shard")));
    }
    requireAverage(plan);
    int longest =
        manifest.parts(plan.split()).stream().mapToInt(SequencePart::longest).max().orElse(0);
    List<String> remarks =
        longest <= plan.unroll()
            ? List.of()
            : List.of(
                String.format(
                    Locale.ROOT,
                    "the longest sequence has %s, train.unroll is %d: hidden state is carried from piece to piece, gradients are not, and a head that pools sees the last piece alone",
                    Counted.of(longest, "step"),
                    plan.unroll()));
    return new Deal(0, remarks);
  }

  @Override
  public void requireParts(ShardPlan plan) {
    requireOrder(plan.order());
    requireTargets(plan);
    requireAverage(plan);
  }

  private static void requireOrder(DataOrder order) {
    if (order != DataOrder.CONTIGUOUS) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: data.order = %s is for lines of text; sequences come in the order in which they were written, data.order = %s",
              order.word(),
              DataOrder.CONTIGUOUS.word()));
    }
  }

  private void requireTargets(ShardPlan plan) {
    if (sum(plan.split(), SequencePart::targets) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: the %s split of %s holds %s without a target; there is nothing to predict",
              plan.split(),
              folder,
              Counted.of(count(plan.split()), "sequence")));
    }
  }

  /** Shards are of equal numbers of sequences: where the average does not fit, one will not. */
  private void requireAverage(ShardPlan plan) {
    requireMemory(sum(plan.split(), SequencePart::bytes) / plan.shards() / Integer.BYTES, plan);
  }

  private void requireMemory(long numbers, ShardPlan plan) {
    if (numbers > plan.memory()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: one of %d parts of the %s split of %s holds %d numbers; data.shard_memory allows %d: raise it or the number of parts",
              plan.shards(),
              plan.split(),
              folder,
              numbers,
              plan.memory()));
    }
  }

  @Override
  public void requireFits(NetworkSpec network) {
    SequenceShape taken = SequenceShape.of(network);
    if (!taken.equals(shape())) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "sequences: %s holds %s, the network takes %s", folder, shape(), taken));
    }
  }

  @Override
  public String fingerprint(String split) {
    return manifest.fingerprint(split);
  }

  @Override
  public Map<String, String> dictionaries() {
    return Map.of();
  }
}
