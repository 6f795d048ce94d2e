package org.rondo.kernels.vector;

import static org.rondo.kernels.vector.Lanes.load;
import static org.rondo.kernels.vector.Lanes.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.DropoutHash;
import org.rondo.kernels.JavaElementwise;
import org.rondo.kernels.NativeBuffer;

/**
 * The passes of {@link JavaElementwise} on the widest vectors of the processor; what does not fill
 * a vector is left to the code there.
 *
 * <p>On JDK 17 a method that computes several transcendental functions is too large for the JIT
 * compiler to keep its vectors in registers, and each becomes an object: so each method here has
 * one. For the same reason no pass may be inlined into its callers, where it would compete with
 * everything else for the compiler's budget: measured, a training step then boxes up to one vector
 * per iteration. Only a flag forbids that: {@code
 * -XX:CompileCommand=dontinline,org.rondo.kernels.vector.VectorElementwise::*}, which is why what
 * must be inlined into the passes stands in {@link Lanes} and {@link VectorApproximation}.
 *
 * <p>Partial sums live in memory, sixteen of them whatever the vectors hold, and are never added by
 * {@code reduceLanes}, whose order is not specified.
 */
final class VectorElementwise extends JavaElementwise {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  private static final IntVector INDEX = IntVector.zero(INTS).addIndex(1);

  static int bits() {
    return SPECIES.vectorBitSize();
  }

  @Override
  protected void sigmoid(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector sum = load(x, at + j).add(load(bias, biasAt + j));
      store(VectorApproximation.sigmoid(sum), x, at + j);
    }
    super.sigmoid(x, at + end, bias, biasAt + end, count - end);
  }

  @Override
  protected void tanh(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector sum = load(x, at + j).add(load(bias, biasAt + j));
      store(VectorApproximation.tanh(sum), x, at + j);
    }
    super.tanh(x, at + end, bias, biasAt + end, count - end);
  }

  @Override
  protected void lstmCell(LstmStep step, int at, int gatesAt, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer before = step.cellBefore().bytes();
    ByteBuffer cell = step.cell().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      FloatVector input = load(gates, gatesAt + j).mul(load(gates, gatesAt + 2 * units + j));
      FloatVector forget = load(gates, gatesAt + units + j);
      store(load(before, at + j).fma(forget, input), cell, at + j);
    }
    super.lstmCell(step, at, gatesAt, units, end);
  }

  @Override
  protected void lstmHidden(LstmStep step, int at, int outputAt, int count) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer cell = step.cell().bytes();
    ByteBuffer tanhCell = step.tanhCell().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector tanh = VectorApproximation.tanh(load(cell, at + j));
      store(tanh, tanhCell, at + j);
      store(tanh.mul(load(gates, outputAt + j)), hidden, at + j);
    }
    super.lstmHidden(step, at + end, outputAt + end, count - end);
  }

  @Override
  protected void lstmGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    ByteBuffer cellBefore = step.cellBefore().bytes();
    ByteBuffer tanhCell = step.tanhCell().bytes();
    ByteBuffer dh = gradients.hidden().bytes();
    ByteBuffer dc = gradients.cell().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int gate = row * 4 * units + j;
      FloatVector i = load(gates, gate);
      FloatVector f = load(gates, gate + units);
      FloatVector g = load(gates, gate + 2 * units);
      FloatVector o = load(gates, gate + 3 * units);
      FloatVector t = load(tanhCell, at);
      FloatVector h = load(dh, at);
      FloatVector c = h.mul(o).fma(t.neg().fma(t, ONE), load(dc, at));
      store(c.mul(g).mul(i.neg().fma(i, i)), target, gate);
      store(c.mul(load(cellBefore, at)).mul(f.neg().fma(f, f)), target, gate + units);
      store(c.mul(i).mul(g.neg().fma(g, ONE)), target, gate + 2 * units);
      store(h.mul(t).mul(o.neg().fma(o, o)), target, gate + 3 * units);
      store(c.mul(f), dc, at);
    }
    super.lstmGradient(step, gradients, row, units, end);
  }

  @Override
  protected void lstmOutputGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    ByteBuffer tanhCell = step.tanhCell().bytes();
    ByteBuffer dh = gradients.hidden().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int gate = (row * 4 + 3) * units + j;
      FloatVector o = load(gates, gate);
      FloatVector t = load(tanhCell, at);
      FloatVector h = load(dh, at);
      store(h.mul(t).mul(o.neg().fma(o, o)), target, gate);
      store(h.mul(o).mul(t.neg().fma(t, ONE)), tanhCell, at);
    }
    super.lstmOutputGradient(step, gradients, row, units, end);
  }

  @Override
  protected void lstmCellGradient(
      LstmStep step, LstmGradients gradients, int row, int units, int from) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer target = gradients.gates().bytes();
    ByteBuffer cellBefore = step.cellBefore().bytes();
    ByteBuffer dc = gradients.cell().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int gate = row * 4 * units + j;
      FloatVector i = load(gates, gate);
      FloatVector f = load(gates, gate + units);
      FloatVector g = load(gates, gate + 2 * units);
      FloatVector c = load(dc, at);
      store(c.mul(g).mul(i.neg().fma(i, i)), target, gate);
      store(c.mul(load(cellBefore, at)).mul(f.neg().fma(f, f)), target, gate + units);
      store(c.mul(i).mul(g.neg().fma(g, ONE)), target, gate + 2 * units);
      store(c.mul(f), dc, at);
    }
    super.lstmCellGradient(step, gradients, row, units, end);
  }

  @Override
  protected void multiplyAdd(MultiplyAdd operands, int row, int width, int from) {
    ByteBuffer a = operands.a().buffer().bytes();
    ByteBuffer b = operands.b().buffer().bytes();
    ByteBuffer c = operands.c().buffer().bytes();
    ByteBuffer out = operands.out().buffer().bytes();
    int aAt = operands.a().at(row);
    int bAt = operands.b().at(row);
    int cAt = operands.c().at(row);
    int outAt = operands.out().at(row);
    int end = SPECIES.loopBound(width);
    for (int j = 0; j < end; j += LANES) {
      store(load(a, aAt + j).fma(load(b, bAt + j), load(c, cAt + j)), out, outAt + j);
    }
    super.multiplyAdd(operands, row, width, end);
  }

  @Override
  protected void sum(ByteBuffer x, int at, int count, int from) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector.fromArray(SPECIES, sums, j % SUMS).add(load(x, at + j)).intoArray(sums, j % SUMS);
    }
    super.sum(x, at, count, end);
  }

  @Override
  protected void center(ByteBuffer x, ByteBuffer out, int at, float mean, int count, int from) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector deviation = load(x, at + j).sub(mean);
      store(deviation, out, at + j);
      deviation
          .fma(deviation, FloatVector.fromArray(SPECIES, sums, j % SUMS))
          .intoArray(sums, j % SUMS);
    }
    super.center(x, out, at, mean, count, end);
  }

  @Override
  protected void weigh(NormalizationGradients gradients, int at, int count, int from) {
    ByteBuffer output = gradients.output().bytes();
    ByteBuffer gain = gradients.gain().bytes();
    ByteBuffer weighted = gradients.weighted().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = load(output, at + j).mul(load(gain, j));
      store(value, weighted, j);
      FloatVector.fromArray(SPECIES, sums, j % SUMS).add(value).intoArray(sums, j % SUMS);
    }
    super.weigh(gradients, at, count, end);
  }

  @Override
  protected void dot(ByteBuffer x, int xAt, ByteBuffer y, int yAt, int count, int from) {
    int end = VectorAttention.dot(sums, x, xAt, y, yAt, count);
    super.dot(x, xAt, y, yAt, count, end);
  }

  @Override
  protected void addScaled(ByteBuffer x, int xAt, float factor, ByteBuffer y, int yAt, int count) {
    int end = VectorAttention.addScaled(x, xAt, factor, y, yAt, count);
    super.addScaled(x, xAt + end, factor, y, yAt + end, count - end);
  }

  @Override
  protected void tanhDot(Additive additive, int keyAt, int queryAt, int from) {
    int end = VectorAttention.tanhDot(sums, additive, keyAt, queryAt);
    super.tanhDot(additive, keyAt, queryAt, end);
  }

  @Override
  protected void tanhDotGradient(
      Additive additive, Additive gradients, int keyAt, int queryAt, float slope, int from) {
    int end = VectorAttention.tanhDotGradient(additive, gradients, keyAt, queryAt, slope);
    super.tanhDotGradient(additive, gradients, keyAt, queryAt, slope, end);
  }

  @Override
  protected void subtractFrom(
      ByteBuffer x, ByteBuffer y, int at, float factor, int count, int from) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      store(load(y, at + j).neg().fma(factors, load(x, j)), y, at + j);
    }
    super.subtractFrom(x, y, at, factor, count, end);
  }

  @Override
  protected void vanillaTanh(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    int end = VectorVanilla.tanh(step, bias, at, units);
    super.vanillaTanh(step, bias, at, units, end);
  }

  @Override
  protected void vanillaRelu(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    int end = VectorVanilla.relu(step, bias, at, units);
    super.vanillaRelu(step, bias, at, units, end);
  }

  @Override
  protected void vanillaSigmoid(VanillaStep step, ByteBuffer bias, int at, int units, int from) {
    int end = VectorVanilla.sigmoid(step, bias, at, units);
    super.vanillaSigmoid(step, bias, at, units, end);
  }

  @Override
  protected void sigmoidGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    int end = VectorVanilla.sigmoidGradient(step, dh, at, count);
    super.sigmoidGradient(step, dh, at + end, count - end);
  }

  @Override
  protected void tanhGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    int end = VectorVanilla.tanhGradient(step, dh, at, count);
    super.tanhGradient(step, dh, at + end, count - end);
  }

  @Override
  protected void reluGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    int end = VectorVanilla.reluGradient(step, dh, at, count);
    super.reluGradient(step, dh, at + end, count - end);
  }

  @Override
  protected void gruGates(
      GruStep step, ByteBuffer bias, int at, int productAt, int count, int from) {
    int end = VectorGru.gates(step, bias, at, productAt, count);
    super.gruGates(step, bias, at, productAt, count, end);
  }

  @Override
  protected void gruResetSum(GruStep step, ByteBuffer bias, int row, int units, int from) {
    int end = VectorGru.resetSum(step, bias, row, units);
    super.gruResetSum(step, bias, row, units, end);
  }

  @Override
  protected void gruHidden(GruStep step, ByteBuffer bias, int row, int units, int from) {
    int end = VectorGru.hidden(step, bias, row, units);
    super.gruHidden(step, bias, row, units, end);
  }

  @Override
  protected void gruResetState(GruStep step, GruReset reset, int row, int units, int from) {
    int end = VectorGru.resetState(step, reset, row, units);
    super.gruResetState(step, reset, row, units, end);
  }

  @Override
  protected void gruCandidateGradient(
      GruStep step, GruGradients gradients, int row, int units, int from) {
    int end = VectorGru.candidateGradient(step, gradients, row, units);
    super.gruCandidateGradient(step, gradients, row, units, end);
  }

  @Override
  protected void gruResetSumGradient(GruStep step, int row, int units, int from) {
    int end = VectorGru.resetSumGradient(step, row, units);
    super.gruResetSumGradient(step, row, units, end);
  }

  @Override
  protected void gruResetStateGradient(
      GruStep step, GruReset reset, GruGradients gradients, int row, int units, int from) {
    int end = VectorGru.resetStateGradient(step, reset, gradients, row, units);
    super.gruResetStateGradient(step, reset, gradients, row, units, end);
  }

  @Override
  protected float addBiasAndMax(ByteBuffer x, int at, ByteBuffer bias, int biasAt, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = load(x, at + j).add(load(bias, biasAt + j));
      store(value, x, at + j);
      max = max.max(value);
    }
    float rest = super.addBiasAndMax(x, at + end, bias, biasAt + end, count - end);
    return Math.max(max.reduceLanes(VectorOperators.MAX), rest);
  }

  @Override
  protected float exponentials(ByteBuffer x, int at, float max, int count) {
    Arrays.fill(sums, 0f);
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = VectorApproximation.exp(load(x, at + j).sub(max));
      store(value, x, at + j);
      FloatVector.fromArray(SPECIES, sums, j % SUMS).add(value).intoArray(sums, j % SUMS);
    }
    return exponentials(x, at, max, count, end);
  }

  @Override
  protected void multiply(ByteBuffer x, int at, float factor, int count) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      store(load(x, at + j).mul(factor), x, at + j);
    }
    super.multiply(x, at + end, factor, count - end);
  }

  @Override
  protected void add(ByteBuffer x, int at, ByteBuffer out, int outAt, int count) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      store(load(out, outAt + j).add(load(x, at + j)), out, outAt + j);
    }
    super.add(x, at + end, out, outAt + end, count - end);
  }

  @Override
  protected void scaleAndAdd(SoftmaxRows rows, int at, float factor, float less, int from) {
    ByteBuffer x = rows.logits().bytes();
    ByteBuffer bias = rows.biasGradient().bytes();
    int end = SPECIES.loopBound(rows.bias().length());
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = load(x, at + j).mul(factor).sub(less);
      store(value, x, at + j);
      store(load(bias, j).add(value), bias, j);
    }
    super.scaleAndAdd(rows, at, factor, less, end);
  }

  @Override
  protected void scaleAddAndRound(SoftmaxRows rows, int at, float factor, float less, int from) {
    ByteBuffer x = rows.logits().bytes();
    ByteBuffer bias = rows.biasGradient().bytes();
    ByteBuffer gradient = rows.gradient().bytes();
    int end = SPECIES.loopBound(rows.bias().length());
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = load(x, at + j).mul(factor).sub(less);
      Lanes.storeRounded(value, gradient, at + j);
      store(load(bias, j).add(value), bias, j);
    }
    super.scaleAddAndRound(rows, at, factor, less, end);
  }

  @Override
  protected float squares(ByteBuffer x, int at, int count) {
    Arrays.fill(sums, 0f);
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector value = load(x, at + j);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, j % SUMS);
      value.fma(value, sum).intoArray(sums, j % SUMS);
    }
    return squares(x, at, count, end);
  }

  @Override
  public boolean clip(NativeBuffer x, float limit, int from, int count) {
    IntVector changed = IntVector.zero(INTS);
    int end = from + SPECIES.loopBound(count);
    for (int i = from; i < end; i += LANES) {
      FloatVector value = load(x.bytes(), i);
      FloatVector cut = value.min(limit).max(-limit);
      store(cut, x.bytes(), i);
      IntVector difference =
          value.reinterpretAsInts().lanewise(VectorOperators.XOR, cut.reinterpretAsInts());
      changed = changed.or(difference);
    }
    boolean rest = super.clip(x, limit, end, from + count - end);
    return rest || changed.reduceLanes(VectorOperators.OR) != 0;
  }

  @Override
  public void momentum(Update update, NativeBuffer velocity, float momentum, int from, int count) {
    ByteBuffer parameters = update.parameters().bytes();
    ByteBuffer gradient = update.gradient().bytes();
    FloatVector decay = FloatVector.broadcast(SPECIES, momentum);
    FloatVector rate = FloatVector.broadcast(SPECIES, -update.learningRate());
    int end = from + SPECIES.loopBound(count);
    for (int i = from; i < end; i += LANES) {
      FloatVector g = load(gradient, i).mul(update.gradientScale());
      FloatVector v = load(velocity.bytes(), i).fma(decay, g);
      store(v, velocity.bytes(), i);
      store(v.fma(rate, load(parameters, i)), parameters, i);
    }
    super.momentum(update, velocity, momentum, end, from + count - end);
  }

  @Override
  public void adam(
      Update update, NativeBuffer first, NativeBuffer second, AdamStep adam, int from, int count) {
    ByteBuffer parameters = update.parameters().bytes();
    ByteBuffer gradient = update.gradient().bytes();
    FloatVector beta1 = FloatVector.broadcast(SPECIES, adam.beta1());
    FloatVector beta2 = FloatVector.broadcast(SPECIES, adam.beta2());
    FloatVector decay = FloatVector.broadcast(SPECIES, -update.learningRate() * adam.decay());
    float rate = update.learningRate() / adam.correction1();
    int end = from + SPECIES.loopBound(count);
    for (int i = from; i < end; i += LANES) {
      FloatVector g = load(gradient, i).mul(update.gradientScale());
      FloatVector m = load(first.bytes(), i).fma(beta1, g.mul(1 - adam.beta1()));
      FloatVector v = load(second.bytes(), i).fma(beta2, g.mul(g).mul(1 - adam.beta2()));
      store(m, first.bytes(), i);
      store(v, second.bytes(), i);
      FloatVector p = load(parameters, i);
      FloatVector length = v.div(adam.correction2()).sqrt().add(adam.epsilon());
      store(p.fma(decay, p).sub(m.mul(rate).div(length)), parameters, i);
    }
    super.adam(update, first, second, adam, end, from + count - end);
  }

  @Override
  protected void dropoutRange(
      NativeBuffer x, NativeBuffer y, float keep, int threshold, long key, int from) {
    int end = SPECIES.loopBound(x.length());
    for (int i = 0; i < end; i += LANES) {
      IntVector bits = INDEX.add(i).mul(DropoutHash.GOLDEN).add((int) key);
      bits = Lanes.mix(Lanes.mix(bits).lanewise(VectorOperators.XOR, (int) (key >>> 32)));
      // All ones where the element is kept: the sign of a difference, which cannot overflow.
      IntVector kept =
          bits.lanewise(VectorOperators.LSHR, 1).sub(threshold).lanewise(VectorOperators.ASHR, 31);
      IntVector scaled = load(x.bytes(), i).div(keep).reinterpretAsInts();
      store(scaled.and(kept).reinterpretAsFloats(), y.bytes(), i);
    }
    super.dropoutRange(x, y, keep, threshold, key, end);
  }

  @Override
  protected void roundToBfloat16(ByteBuffer x, int xAt, ByteBuffer y, int yAt, int count) {
    int end = SPECIES.loopBound(count);
    for (int i = 0; i < end; i += LANES) {
      Lanes.storeRounded(load(x, xAt + i), y, yAt + i);
    }
    super.roundToBfloat16(x, xAt + end, y, yAt + end, count - end);
  }
}
