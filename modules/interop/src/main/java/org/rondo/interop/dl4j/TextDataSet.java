package org.rondo.interop.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.ingest.Shard;
import org.rondo.models.Minibatch;

/**
 * Minibatches of running text as one data set of DL4J's, to be cut by truncated backpropagation.
 */
final class TextDataSet {
  private TextDataSet() {}

  /**
   * So many minibatches of a shard, one behind the other.
   *
   * @param first number of the first one, counted from the shard's beginning
   * @param unroll T of each
   * @param batch B
   * @return ids and targets {@code (B,1,minibatches * T)}, with a mask where steps have no target
   */
  static DataSet of(Shard shard, long first, int minibatches, int unroll, int batch) {
    int steps = minibatches * unroll;
    var ids = new float[batch * steps];
    var targets = new float[batch * steps];
    var mask = new float[batch * steps];
    boolean padded = false;
    var minibatch = new Minibatch(unroll, batch);
    Shard.Reader reader = shard.reader();
    for (int i = 0; i < minibatches; i++) {
      reader.fill(minibatch, first + i);
      for (int t = 0; t < unroll; t++) {
        for (int b = 0; b < batch; b++) {
          int from = t * batch + b;
          int to = b * steps + i * unroll + t;
          int target = minibatch.targets()[from];
          ids[to] = minibatch.inputs()[from];
          targets[to] = Math.max(target, 0);
          mask[to] = target >= 0 ? 1 : 0;
          padded |= target < 0;
        }
      }
    }
    INDArray labelsMask = padded ? Nd4j.create(mask, new long[] {batch, steps}) : null;
    return new DataSet(array(ids, batch, steps), array(targets, batch, steps), null, labelsMask);
  }

  /** Targets of what {@link #of} made. */
  static long targets(DataSet data) {
    INDArray mask = data.getLabelsMaskArray();
    return mask == null ? data.getLabels().length() : mask.sumNumber().longValue();
  }

  private static INDArray array(float[] values, int batch, int steps) {
    return Nd4j.create(values, new long[] {batch, 1, steps});
  }
}
