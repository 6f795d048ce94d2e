package org.rondo.models.cells;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * Gated recurrent units. With x the step's input, h the state before and h' the state after the
 * step:
 *
 * <pre>
 *   r = sigmoid(x Wr + h Ur + br)               reset gate
 *   z = sigmoid(x Wz + h Uz + bz)               update gate
 *   n = tanh(x Wn + bn + r * (h Un + cn))       candidate, reset = after
 *   n = tanh(x Wn + bn + (r * h) Un)            candidate, reset = before
 *   h' = (1 - z) * n + z * h
 * </pre>
 *
 * <p>Backward, with dh' from above and from the next step, and q = h Un + cn:
 *
 * <pre>
 *   dz = dh' * (h - n) * z * (1 - z)     dn = dh' * (1 - z) * (1 - n^2)
 *   after:   dr = dn * q * r * (1 - r)     dh = dh' * z + [dr dz dn*r] U'
 *   before:  ds = dn Un'     dr = ds * h * r * (1 - r)
 *            dh = dh' * z + ds * r + [dr dz] [Ur Uz]'
 * </pre>
 *
 * <p>Option {@code reset = after | before}: whether the reset gate is applied after the candidate's
 * recurrent product, as cuDNN and PyTorch do, which makes one product per step of three, or before
 * it, as first published. Another convention has z and 1 - z in each other's place.
 *
 * <p>Parameters, gates in the order r, z, n: after, {@code recurrent_weight (H,3H)} and {@code bias
 * (4H)}, the last quarter being cn; before, {@code recurrent_weight (H,2H)} of r and z, {@code
 * candidate_weight (H,H)} and {@code bias (3H)}. Biases start at 0, recurrent weights as one
 * orthogonal matrix per gate.
 *
 * @see <a href="https://aclanthology.org/D14-1179">Cho et al. 2014</a>
 */
@AutoService(Cell.class)
public final class GruCell implements Cell {
  static final String WEIGHT = "recurrent_weight";
  static final String CANDIDATE_WEIGHT = "candidate_weight";
  static final String BIAS = "bias";

  @Override
  public String name() {
    return "gru";
  }

  @Override
  public Set<String> options() {
    return Set.of("reset");
  }

  @Override
  public int projectionWidth(CellSpec spec) {
    return 3 * spec.units();
  }

  @Override
  public List<Integer> stateWidths(CellSpec spec) {
    return List.of(spec.units());
  }

  @Override
  public List<ParameterSpec> parameters(CellSpec spec) {
    int units = spec.units();
    if (resetsBefore(spec)) {
      return List.of(
          weight(WEIGHT, units, 2),
          weight(CANDIDATE_WEIGHT, units, 1),
          new ParameterSpec(BIAS, List.of(3 * units), Initializer.zeros()));
    }
    return List.of(
        weight(WEIGHT, units, 3), new ParameterSpec(BIAS, List.of(4 * units), Initializer.zeros()));
  }

  @Override
  public List<String> recurrentWeights(CellSpec spec) {
    return resetsBefore(spec) ? List.of(WEIGHT, CANDIDATE_WEIGHT) : List.of(WEIGHT);
  }

  private static ParameterSpec weight(String name, int units, int gates) {
    return new ParameterSpec(
        name, List.of(units, gates * units), Initializer.orthogonal(units, gates));
  }

  private static boolean resetsBefore(CellSpec spec) {
    return spec.options().choice("reset", "after", "before").equals("before");
  }

  @Override
  public boolean startsDocuments() {
    return true;
  }

  @Override
  public Recurrence bind(
      Workspace workspace, CellSpec spec, Projection projection, NativeBuffer outputGradient) {
    return resetsBefore(spec)
        ? new GruResetBefore(workspace, spec.units(), projection, outputGradient)
        : new GruResetAfter(workspace, spec.units(), projection, outputGradient);
  }
}
