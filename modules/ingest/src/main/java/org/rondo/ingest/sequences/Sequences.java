package org.rondo.ingest.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.StorageReason;
import org.rondo.kernels.Counted;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.NetworkSpec;

/**
 * A dataset of prepared sequences in a {@link SequenceFolder}. Shard s of S is its share of the
 * sequences of a split, in the order in which they were written: from number {@code s N / S} of N
 * on. How many parts they were written in does not matter.
 *
 * <p>{@link DataOrder#CONTIGUOUS} trains on them in that order, {@link DataOrder#SHUFFLED} in one
 * that is drawn anew for each epoch, those of similar length together.
 */
public final class Sequences implements Dataset {
  private final FileSystem fs;
  private final SequenceFolder place;
  private final SequenceManifest manifest;
  private final Map<String, String> dictionaries;

  private Sequences(
      FileSystem fs,
      SequenceFolder place,
      SequenceManifest manifest,
      Map<String, String> dictionaries) {
    this.fs = fs;
    this.place = place;
    this.manifest = manifest;
    this.dictionaries = dictionaries;
  }

  static Sequences open(SequenceFolder place) {
    Path folder = place.path();
    try {
      FileSystem fs = folder.getFileSystem(place.hadoop().configuration());
      SequenceManifest manifest = SequenceManifest.read(fs, folder);
      return new Sequences(fs, place, manifest, dictionaries(fs, folder, manifest));
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

  private static Map<String, String> dictionaries(
      FileSystem fs, Path folder, SequenceManifest manifest) throws IOException {
    var texts = new TreeMap<String, String>();
    for (Map.Entry<String, String> each : manifest.dictionaries().entrySet()) {
      var file = new Path(folder, each.getKey());
      try (FSDataInputStream in = fs.open(file)) {
        texts.put(each.getKey(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
      if (!Sha256.of(texts.get(each.getKey())).equals(each.getValue())) {
        throw SequenceReader.damaged(file, "it is not what the manifest lists", null);
      }
    }
    return texts;
  }

  @Override
  public Path folder() {
    return place.path();
  }

  /** What they are made of. */
  public SequenceShape shape() {
    return manifest.shape();
  }

  /** Sequences of a split; 0 where there is no such split. */
  public long count(String split) {
    return sum(split, SequencePart::sequences);
  }

  /** Steps of the longest sequence of any split. */
  public int longest() {
    return manifest.longest();
  }

  /** Mean over the targets of a split of the weights of their sequences. */
  private double meanWeight(String split) {
    double sum = manifest.parts(split).stream().mapToDouble(SequencePart::weight).sum();
    long targets = sum(split, SequencePart::targets);
    return targets == 0 ? 1 : sum / targets;
  }

  private long sum(String split, ToLongFunction<SequencePart> number) {
    return manifest.parts(split).stream().mapToLong(number).sum();
  }

  /** Parts that a split was written in. */
  public int parts(String split) {
    return manifest.parts(split).size();
  }

  /**
   * Reads the sequences of a part in the order in which they were written.
   *
   * @param part its number within the split
   * @throws IngestException if it is missing or damaged
   */
  public SequenceReader reader(String split, int part) {
    return reader(manifest.parts(split).get(part));
  }

  private SequenceFormat format() {
    return new SequenceFormat(manifest.version(), shape());
  }

  private SequenceReader reader(SequencePart part) {
    return SequenceReader.open(fs, place.path(), format(), part);
  }

  @Override
  public Shard shard(ShardPlan plan, int shard, long seed) {
    SequenceCollector found = find(plan, shard);
    if (plan.order() == DataOrder.CONTIGUOUS) {
      return new SequenceShard(rows(found, plan), groups(found, plan), plan.unroll());
    }
    CounterRandom random = CounterRandom.of(seed).derive("order").derive(shard);
    return new SequenceShard(rows(found, plan), groups(found, plan), plan.unroll(), random);
  }

  @Override
  public Shard part(ShardPlan plan, int part) {
    SequenceCollector found = find(plan, part);
    return new SequenceShard(rows(found, plan), groups(found, plan), plan.unroll());
  }

  private SequenceRows rows(SequenceCollector found, ShardPlan plan) {
    return new SequenceRows(found.store(), format(), meanWeight(plan.split()));
  }

  private SequenceGroups groups(SequenceCollector found, ShardPlan plan) {
    boolean sorted = plan.order() == DataOrder.SHUFFLED;
    return new SequenceGroups(
        found.index().lengths(), plan.batch(), plan.unroll(), steps(plan), sorted);
  }

  /** The sequences of a shard, after reading all parts that it has a share of. */
  private SequenceCollector find(ShardPlan plan, int shard) {
    plan.requireShard(shard);
    long count = count(plan.split());
    long from = count * shard / plan.shards();
    long to = count * (shard + 1) / plan.shards();
    var found = new SequenceCollector(place, to - from, parts(plan.split()), plan.memory());
    long before = 0;
    for (SequencePart part : manifest.parts(plan.split())) {
      long first = Math.max(from - before, 0);
      long end = Math.min(to - before, part.sequences());
      if (first < end) {
        try (SequenceReader reader = reader(part)) {
          found.read(reader, part.file(), first, end);
        }
      }
      before += part.sequences();
    }
    return found;
  }

  @Override
  public List<Integer> steps(ShardPlan plan) {
    return LengthBuckets.steps(
        manifest.lengths(), manifest.longest(), plan.unroll(), plan.buckets());
  }

  @Override
  public long minibatches(ShardPlan plan) {
    return IntStream.range(0, plan.shards())
        .mapToLong(shard -> part(plan, shard).minibatches())
        .max()
        .orElseThrow();
  }

  @Override
  public long targets(DataOrder order, String split) {
    return sum(split, SequencePart::targets);
  }

  @Override
  public Deal deal(ShardPlan plan) {
    requireTargets(plan);
    long count = count(plan.split());
    if (count < plan.shards()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: the %s split of %s holds %s for %s; lower shards or bring more",
              plan.split(),
              folder(),
              Counted.of(count, "sequence"),
              Counted.of(plan.shards(), "shard")));
    }
    var remarks = new ArrayList<String>();
    int longest =
        manifest.parts(plan.split()).stream().mapToInt(SequencePart::longest).max().orElse(0);
    if (longest > plan.unroll()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "the longest sequence has %s, train.unroll is %d: hidden state is carried from piece"
                  + " to piece, gradients are not, and a head that pools sees the last piece alone",
              Counted.of(longest, "step"),
              plan.unroll()));
    }
    LengthCounts lengths = manifest.lengths(plan.split());
    if (plan.order() == DataOrder.SHUFFLED && lengths.total() > 0) {
      remarks.add(padding(plan, lengths));
    }
    return new Deal(0, remarks);
  }

  /** Written order says nothing of it: there it depends on which sequences stand together. */
  private String padding(ShardPlan plan, LengthCounts lengths) {
    List<Integer> steps = steps(plan);
    long all = LengthBuckets.stepsInAll(lengths, manifest.longest(), plan.unroll(), steps);
    double share = 1 - (double) sum(plan.split(), SequencePart::steps) / all;
    return String.format(
        Locale.ROOT,
        "minibatches have %s steps (data.buckets = %d); %s of these are padding",
        steps.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        plan.buckets(),
        share == 0 ? "none" : String.format(Locale.ROOT, "%.0f%%", 100 * share));
  }

  @Override
  public void requireParts(ShardPlan plan) {
    requireTargets(plan);
  }

  private void requireTargets(ShardPlan plan) {
    if (sum(plan.split(), SequencePart::targets) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: the %s split of %s holds %s; there is nothing to predict",
              plan.split(),
              folder(),
              count(plan.split()) == 0
                  ? "no sequence"
                  : Counted.of(count(plan.split()), "sequence") + " without a target"));
    }
    if (meanWeight(plan.split()) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: all sequences of the %s split of %s have the weight 0",
              plan.split(),
              folder()));
    }
  }

  @Override
  public void requireFits(NetworkSpec network, int unroll) {
    SequenceShape taken = SequenceShape.of(network);
    if (!taken.equals(shape())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: %s holds %s, the network takes %s",
              folder(),
              shape(),
              taken));
    }
    if (network.head().head().predictsLength() && longest() > unroll) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: %s holds one of %s, and the head %s takes sequences whole; raise"
                  + " train.unroll, which is %d",
              folder(),
              Counted.of(longest(), "step"),
              network.head().type(),
              unroll));
    }
    if (!manifest.targets().fit(network)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "sequences: %s holds %s, the head %s takes one label for each",
              folder(),
              manifest.targets().words(),
              network.head().type()));
    }
  }

  @Override
  public String fingerprint(String split) {
    return manifest.fingerprint(split);
  }

  @Override
  public Map<String, String> dictionaries() {
    return dictionaries;
  }
}
