package org.rondo.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.AttentionPasses.Additive;
import org.rondo.kernels.AttentionPasses.Attended;
import org.rondo.kernels.ChainPasses.Transitions;
import org.rondo.kernels.Elementwise.AdamStep;
import org.rondo.kernels.Elementwise.SoftmaxRows;
import org.rondo.kernels.Elementwise.Update;
import org.rondo.kernels.RowPasses.MultiplyAdd;
import org.rondo.kernels.RowPasses.Normalization;
import org.rondo.kernels.RowPasses.NormalizationGradients;
import org.rondo.kernels.RowPasses.Rows;

/**
 * Every element-wise pass once on reproducible values, for comparing implementations bit by bit.
 */
public final class AllPasses extends PassBits {
  private AllPasses(Elementwise passes, int size, NativeMemory memory) {
    super(passes, size, memory);
  }

  /** The bits of everything that the passes write or return, by name, for rows of this size. */
  public static Map<String, int[]> bits(Elementwise passes, int size) {
    var all = new LinkedHashMap<String, int[]>();
    try (var memory = new NativeMemory()) {
      for (PassBits part :
          List.of(new CellPasses(passes, size, memory), new AllPasses(passes, size, memory))) {
        part.runAll();
        all.putAll(part.results());
      }
    }
    return all;
  }

  /** One number for {@link #bits} of many sizes. */
  public static int fingerprint(Elementwise passes, int... sizes) {
    List<Integer> hashes = new ArrayList<>();
    for (int size : sizes) {
      bits(passes, size).values().forEach(b -> hashes.add(Arrays.hashCode(b)));
    }
    return hashes.hashCode();
  }

  @Override
  void runAll() {
    rows();
    softmax();
    chain();
    attention();
    reductions();
    optimizers();
    roundingAndDropout();
  }

  private void rows() {
    NativeBuffer product = values("x", 3 * size, 1f);
    Rows gate = new Rows(product, size, 3 * size);
    NativeBuffer vector = vector("v", size, 1f);
    Rows matrix = Rows.of(values("y", size, 1f), size);
    passes.multiplyAdd(MultiplyAdd.into(gate, matrix, Rows.one(vector)), ROWS, size);
    keep("product added", product);
    passes.multiplyAdd(MultiplyAdd.into(Rows.one(vector), matrix, gate), ROWS, size);
    keep("sum of products", vector);
    passes.addRows(matrix, Rows.one(vector), ROWS, size);
    keep("sum of rows", vector);

    var normal = new Normalization(values("x", size, 3f), zeros(size), vector("factor", ROWS, 1f));
    passes.normalize(normal, ROWS, size);
    keep("normalized", normal.normalized());
    keep("factor", normal.factor());
    var gradients =
        new NormalizationGradients(
            values("dy", size, 1f), vector("gain", size, 2f), vector("w", size, 0f), rounded(size));
    passes.normalizeBackward(normal, gradients, ROWS, size);
    keep("gradient of input", normal.normalized());
    keep("its operand", gradients.input());
  }

  private void softmax() {
    int[] targets = {9, 0, -1, size - 1};
    NativeBuffer bias = vector("classBias", size, 1f);
    NativeBuffer logits = values("logits", size, 100f);
    var rows = new SoftmaxRows(logits, bias, rounded(size), vector("dClassBias", size, 1f));
    keep("loss", passes.softmaxCrossEntropy(rows, targets, 1, ROWS, 0.3f));
    keep("softmax gradient", rows.gradient());
    keep("class bias gradient", rows.biasGradient());
    var smoothed =
        new SoftmaxRows(values("logits", size, 3f), bias, rounded(size), vector("dBias", size, 1f));
    keep("smoothed loss", passes.softmaxCrossEntropy(smoothed, targets, 1, ROWS, 0.3f, 0.1f));
    keep("smoothed gradient", smoothed.gradient());
    keep("smoothed bias gradient", smoothed.biasGradient());
    NativeBuffer inPlace = values("logits", size, 3f);
    var plain = new SoftmaxRows(inPlace, bias, inPlace, vector("dBias", size, 1f));
    keep("loss in place", passes.softmaxCrossEntropy(plain, targets, 1, ROWS, 0.3f, 0.1f));
    keep("gradient in place", inPlace);
    var sums = new double[2];
    passes.crossEntropy(values("logits", size, 100f), bias, targets, 1, ROWS, sums);
    keep("loss of sequence 0", sums[0]);
    keep("loss of sequence 1", sums[1]);
  }

  private void chain() {
    NativeBuffer scratch = vector("scratch", size, 0f);
    NativeBuffer counts = vector("counts", size * size, 1f);
    var transitions = new Transitions(vector("transitions", size * size, 3f), counts, scratch);
    NativeBuffer ahead = values("ahead", size, 90f);
    NativeBuffer sums = vector("sums", size, 0f);
    keep("largest sum", passes.logSumExp(transitions, ahead, 1, sums));
    keep("log sums of exponentials", sums);
    NativeBuffer weights = values("weights", size, 0.01f);
    passes.countTransitions(transitions, ahead, 1, weights);
    keep("weights of tags", weights);
    keep("counts of transitions", counts);
    var start = new Transitions(vector("start", size, 1f), vector("starts", size, 1f), scratch);
    passes.countTransitions(start, ahead, 0, weights);
    keep("weights of first tags", weights);
    keep("counts of first tags", start.counts());
  }

  private void attention() {
    int[] lengths = {4, 0, 3};
    NativeBuffer weights = vector("weights of steps", 2 * ROWS * 4, 1f);
    NativeBuffer memory = values("memory", 4 * size, 1f);
    NativeBuffer rows = values("rows", 2 * size, 1f);
    var attended = new Attended(memory, rows, weights, size);
    passes.addToMemory(attended, 2 * ROWS, lengths);
    keep("memory", memory);
    passes.memoryProducts(attended, 2 * ROWS, lengths);
    keep("products with memory", weights);
    passes.memorySums(attended, 2 * ROWS, lengths);
    keep("sums of memory", rows);

    var additive = new Additive(memory, rows, vector("v", size, 1f), weights);
    passes.additiveScores(additive, 2 * ROWS, lengths);
    keep("additive scores", weights);
    var gradients = new Additive(zeros(4 * size), zeros(2 * size), vector("dv", size, 1f), weights);
    passes.additiveGradients(additive, gradients, 2 * ROWS, lengths);
    keep("gradient of keys", gradients.keys());
    keep("gradient of queries", gradients.queries());
    keep("gradient of vector", gradients.vector());
  }

  private void reductions() {
    NativeBuffer clipped = values("x", size, 1f);
    keep("changed", passes.clip(clipped, 0.5f, 1, ROWS * size - 1) ? 1 : 0);
    keep("unchanged", passes.clip(clipped, 0.5f, 1, ROWS * size - 1) ? 1 : 0);
    keep("clipped", clipped);
    keep("squares", passes.sumOfSquares(values("x", size, 1f), 1, ROWS * size - 1));
    NativeBuffer many = vector("many", 10_000, 1f);
    keep("many squares", passes.sumOfSquares(many, 3, 9_990));
  }

  private void optimizers() {
    var update = new Update(values("p", size, 1f), values("g", size, 1f), 0.01f, 0.7f);
    int count = ROWS * size - 1;
    NativeBuffer velocity = values("velocity", size, 1f);
    passes.momentum(update, velocity, 0.9f, 1, count);
    keep("velocity", velocity);
    keep("parameters by momentum", update.parameters());
    NativeBuffer first = values("first", size, 1f);
    NativeBuffer second = values("second", size, 1f);
    for (int i = 0; i < second.length(); i++) {
      second.set(i, Math.abs(second.get(i)));
    }
    var adam = new AdamStep(0.9f, 0.999f, 1e-8f, 0.1f, 0.001f, 0.01f);
    passes.adam(update, first, second, adam, 1, count);
    keep("first moment", first);
    keep("second moment", second);
    keep("parameters by adam", update.parameters());
    NativeBuffer y = values("y", size, 1f);
    passes.addScaled(update.gradient(), 0.3f, y, 1, count);
    keep("added", y);
  }

  private void roundingAndDropout() {
    NativeBuffer x = values("wide", size, 1e30f);
    x.set(0, Float.NaN);
    x.set(ROWS * size - 1, Float.NEGATIVE_INFINITY);
    NativeBuffer rounded = rounded(size);
    passes.toBfloat16(x, rounded);
    keep("bfloat16", rounded);
    NativeBuffer y = zeros(size);
    passes.dropout(values("x", size, 1f), y, 0.6f, 0x123456789ABCDEFL);
    keep("dropout", y);
  }
}
