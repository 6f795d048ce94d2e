package org.rondo.driver.reduce;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.Outcome;
import org.rondo.training.RoundResult;
import org.rondo.training.WorkerReport;
import org.rondo.training.sync.ReductionSizes;
import org.rondo.training.sync.WireFormat;
import scala.Tuple2;

/**
 * A shuffle by chunk of the contributions: each reducer adds up its chunks of all shards, and the
 * driver receives one model, however many the shards.
 */
final class ChunkedShuffle implements Reduction {
  private final int shards;
  private final int length;
  private final int chunks;
  private final int reducers;

  /**
   * @param shards contributions in a round
   * @param length values in each
   * @param wire that they travel in
   * @param cores that reduce side by side
   */
  ChunkedShuffle(int shards, int length, WireFormat wire, int cores) {
    this.shards = shards;
    this.length = length;
    chunks = ReductionSizes.chunks(shards, length);
    reducers = ReductionSizes.reducers((long) shards * length * wire.bytes(), chunks, cores);
  }

  /** A chunk of the mean, with all reports if it is chunk 0. */
  private static final class MeanChunk implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int chunk;
    private final PackedVector mean;
    private final List<WorkerReport> reports;

    MeanChunk(int chunk, RoundResult result) {
      this.chunk = chunk;
      float[] values = result.mean();
      this.mean = PackedVector.of(values, 0, values.length, WireFormat.FLOAT32);
      // A list that Kryo can restore, which adds to an empty one.
      this.reports = new ArrayList<>(chunk == 0 ? result.reports() : List.of());
    }
  }

  @Override
  public Supplier<RoundResult> begin(JavaRDD<Contribution> contributions) {
    int shardCount = shards;
    int chunkCount = chunks;
    JavaRDD<MeanChunk> means =
        Guarded.of(contributions)
            .flatMapToPair(whole -> cut(whole, chunkCount))
            .groupByKey(new ChunkPartitioner(reducers))
            .map(group -> new MeanChunk(group._1(), mean(group._2(), shardCount)));
    List<MeanChunk> collected;
    try {
      collected = Guarded.collect(means);
    } finally {
      means.rdd().cleanShuffleDependencies(false);
    }
    return () -> joined(collected);
  }

  private RoundResult joined(List<MeanChunk> collected) {
    // Chunks of a mean of nothing are empty, one and all.
    boolean learned = collected.stream().anyMatch(part -> part.mean.length() > 0);
    var mean = new float[learned ? length : 0];
    List<WorkerReport> reports = List.of();
    for (MeanChunk part : collected) {
      if (learned) {
        part.mean.copyTo(mean, from(part.chunk, length, chunks));
      }
      reports = part.chunk == 0 ? part.reports : reports;
    }
    return new RoundResult(mean, reports);
  }

  /** Copies a chunk when its turn comes; it is Spark's serializer that keeps or forgets it then. */
  private static Iterator<Tuple2<Integer, Outcome<ContributionChunk>>> cut(
      Outcome<Contribution> outcome, int chunks) {
    return IntStream.range(0, chunks)
        .mapToObj(
            c ->
                new Tuple2<>(
                    c,
                    outcome.isFailure()
                        ? outcome.<ContributionChunk>failure()
                        : Outcome.of(chunk(outcome.get(), c, chunks))))
        .iterator();
  }

  private static ContributionChunk chunk(Contribution whole, int c, int chunks) {
    return whole.chunk(from(c, whole.length(), chunks), from(c + 1, whole.length(), chunks));
  }

  /** A shard that failed says so to every reducer. */
  private static RoundResult mean(Iterable<Outcome<ContributionChunk>> outcomes, int shards) {
    var chunks = new ArrayList<ContributionChunk>();
    outcomes.forEach(outcome -> chunks.add(outcome.get()));
    return ContributionChunk.mean(chunks, shards);
  }

  /** First element of a chunk; chunks differ by one element at most. */
  private static int from(int chunk, int length, int chunks) {
    return (int) ((long) length * chunk / chunks);
  }
}
