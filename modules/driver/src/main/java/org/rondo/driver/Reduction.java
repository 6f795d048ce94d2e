package org.rondo.driver;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.rondo.training.Averaging;
import org.rondo.training.RoundResult;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import scala.Tuple2;

/**
 * The reduce stage of a round: a shuffle by chunk of the parameter vector, so that no machine holds
 * more than a chunk of every shard at once and the driver receives one model, however many the
 * shards. Each reducer puts its pieces in shard order before it adds them: the order in which a
 * shuffle delivers is arbitrary, the order of addition must not be.
 */
final class Reduction {
  private static final int CHUNKS = 16;

  private final int shards;
  private final int length;
  private final int chunks;

  /**
   * @param shards results in a round
   * @param length of the parameter vector
   */
  Reduction(int shards, int length) {
    this.shards = shards;
    this.length = length;
    this.chunks = Math.min(CHUNKS, length);
  }

  /** A chunk of one shard's parameters; that of chunk 0 carries the shard's report along. */
  private static final class Piece implements Serializable {
    private static final long serialVersionUID = 1L;
    private final WorkerReport report;
    private final float[] values;

    Piece(WorkerReport report, float[] values) {
      this.report = report;
      this.values = values;
    }
  }

  /** A chunk of the mean, with all reports if it is chunk 0. */
  private static final class MeanChunk implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int chunk;
    private final float[] mean;
    private final List<WorkerReport> reports;

    MeanChunk(int chunk, float[] mean, List<WorkerReport> reports) {
      this.chunk = chunk;
      this.mean = mean;
      this.reports = reports;
    }
  }

  /**
   * Adds up a round.
   *
   * @param reducers tasks; more than cores only cost
   */
  RoundResult reduce(JavaRDD<WorkerResult> results, int reducers) {
    int shardCount = shards;
    int chunkCount = chunks;
    JavaRDD<MeanChunk> means =
        results
            .flatMapToPair(result -> cut(result, chunkCount).iterator())
            .groupByKey(new ChunkPartitioner(Math.min(reducers, chunks)))
            .map(group -> mean(group._1(), group._2(), shardCount));
    List<MeanChunk> collected;
    try {
      collected = means.collect();
    } finally {
      means.rdd().cleanShuffleDependencies(false);
    }
    var mean = new float[length];
    List<WorkerReport> reports = List.of();
    for (MeanChunk part : collected) {
      System.arraycopy(part.mean, 0, mean, from(part.chunk, length, chunks), part.mean.length);
      reports = part.chunk == 0 ? part.reports : reports;
    }
    return new RoundResult(mean, reports);
  }

  private static List<Tuple2<Integer, Piece>> cut(WorkerResult result, int chunks) {
    float[] values = result.parameters();
    var pieces = new ArrayList<Tuple2<Integer, Piece>>();
    for (int c = 0; c < chunks; c++) {
      int from = from(c, values.length, chunks);
      int to = from(c + 1, values.length, chunks);
      pieces.add(new Tuple2<>(c, new Piece(result.report(), Arrays.copyOfRange(values, from, to))));
    }
    return pieces;
  }

  private static MeanChunk mean(int chunk, Iterable<Piece> pieces, int shards) {
    var inShardOrder = new Piece[shards];
    int count = 0;
    for (Piece piece : pieces) {
      inShardOrder[piece.report.shard()] = piece;
      count++;
    }
    if (count != shards) {
      throw new IllegalStateException(
          "reduce: chunk %d has %d pieces of %d shards".formatted(chunk, count, shards));
    }
    var values = new ArrayList<float[]>();
    var reports = new ArrayList<WorkerReport>();
    for (Piece piece : inShardOrder) {
      values.add(piece.values);
      reports.add(piece.report);
    }
    return new MeanChunk(chunk, Averaging.mean(values), reports);
  }

  /** First element of a chunk; chunks differ by one element at most. */
  private static int from(int chunk, int length, int chunks) {
    return (int) ((long) length * chunk / chunks);
  }
}
