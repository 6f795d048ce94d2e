package org.rondo.training;

/**
 * One shard's part in a round.
 *
 * @param executor where it was trained, in the carrier's words
 * @param seconds that its worker took
 * @param tokens targets trained
 * @param loss mean nats per token
 * @param gradientNorm mean over its minibatches, before clipping
 */
public record ShardTiming(
    int shard, String executor, double seconds, long tokens, double loss, double gradientNorm) {
  static ShardTiming of(WorkerReport report) {
    return new ShardTiming(
        report.shard(),
        report.times().executor(),
        report.times().seconds(),
        report.tokens(),
        report.lossSum() / report.tokens(),
        report.gradientNormSum() / report.minibatches());
  }
}
