package org.rondo.kernels.vector;

import static org.rondo.kernels.vector.Lanes.load;
import static org.rondo.kernels.vector.Lanes.store;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.GatePasses.GruGradients;
import org.rondo.kernels.GatePasses.GruReset;
import org.rondo.kernels.GatePasses.GruStep;

/**
 * The passes of a GRU on vectors, as {@link VectorElementwise} runs them. Each works on as many
 * units of a row as fill vectors and returns where the rest begins; the formulas are those of the
 * plain passes.
 */
final class VectorGru {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  private VectorGru() {}

  static int gates(GruStep step, ByteBuffer bias, int at, int productAt, int count) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer recurrent = step.recurrent().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector sum = load(gates, at + j).add(load(recurrent, productAt + j));
      store(VectorApproximation.sigmoid(sum.add(load(bias, j))), gates, at + j);
    }
    return end;
  }

  static int resetSum(GruStep step, ByteBuffer bias, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer recurrent = step.recurrent().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int gate = 3 * row * units + j;
      int candidate = gate + 2 * units;
      FloatVector q = load(recurrent, candidate).add(load(bias, 3 * units + j));
      store(q, recurrent, candidate);
      store(load(gates, gate).fma(q, load(gates, candidate)), gates, candidate);
    }
    return end;
  }

  static int hidden(GruStep step, ByteBuffer bias, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer before = step.hiddenBefore().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int update = (3 * row + 1) * units + j;
      FloatVector sum = load(gates, update + units).add(load(bias, 2 * units + j));
      FloatVector n = VectorApproximation.tanh(sum);
      store(n, gates, update + units);
      store(load(before, at).sub(n).fma(load(gates, update), n), hidden, at);
    }
    return end;
  }

  static int resetState(GruStep step, GruReset reset, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer before = step.hiddenBefore().bytes();
    ByteBuffer state = reset.state().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      store(load(gates, 3 * row * units + j).mul(load(before, at)), state, at);
    }
    return end;
  }

  static int candidateGradient(GruStep step, GruGradients gradients, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer before = step.hiddenBefore().bytes();
    ByteBuffer hidden = gradients.hidden().bytes();
    ByteBuffer hiddenBefore = gradients.hiddenBefore().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int update = (3 * row + 1) * units + j;
      FloatVector z = load(gates, update);
      FloatVector n = load(gates, update + units);
      FloatVector dh = load(hidden, at);
      FloatVector dz = dh.mul(load(before, at).sub(n));
      store(dz.mul(z.neg().fma(z, z)), gates, update);
      store(dh.neg().fma(z, dh).mul(n.neg().fma(n, ONE)), gates, update + units);
      store(dh.fma(z, load(hiddenBefore, at)), hiddenBefore, at);
    }
    return end;
  }

  static int resetSumGradient(GruStep step, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer recurrent = step.recurrent().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int reset = 3 * row * units + j;
      int candidate = reset + 2 * units;
      FloatVector r = load(gates, reset);
      FloatVector dn = load(gates, candidate);
      store(dn.mul(load(recurrent, candidate)).mul(r.neg().fma(r, r)), gates, reset);
      store(dn.mul(r), recurrent, candidate);
    }
    return end;
  }

  static int resetStateGradient(
      GruStep step, GruReset reset, GruGradients gradients, int row, int units) {
    ByteBuffer gates = step.gates().bytes();
    ByteBuffer before = step.hiddenBefore().bytes();
    ByteBuffer stateGradient = reset.stateGradient().bytes();
    ByteBuffer hiddenBefore = gradients.hiddenBefore().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      int at = row * units + j;
      int gate = 3 * row * units + j;
      FloatVector r = load(gates, gate);
      FloatVector ds = load(stateGradient, at);
      store(ds.mul(load(before, at)).mul(r.neg().fma(r, r)), gates, gate);
      store(ds.fma(r, load(hiddenBefore, at)), hiddenBefore, at);
    }
    return end;
  }
}
