package org.rondo.models.heads.ctc;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A label of its own length for a sequence, such as the letters of what is said in it, without
 * saying which step holds which symbol: connectionist temporal classification. See {@link
 * CtcObjective}.
 *
 * <p>Of O outputs, classes 0 to O-2 are symbols, and the last one, O-1, is the blank, which no
 * label holds. A label of a sequence without labels is the empty one. Sequences are taken whole: of
 * one that is cut into pieces, every piece but the last would be learned as empty.
 *
 * <p>Option {@code beam}: how many prefixes a {@link PrefixBeamSearch} keeps to predict a label; 0
 * (default) takes the best class of every step, and collapses them.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al. 2006</a>
 */
@AutoService(Head.class)
public final class CtcHead implements Head {
  private static final String BEAM = "beam";

  @Override
  public String type() {
    return "ctc";
  }

  @Override
  public Set<String> options() {
    return Set.of(BEAM);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public boolean predictsLength() {
    return true;
  }

  /** A symbol takes a step at least. */
  @Override
  public int labels(HeadSpec spec, int steps) {
    return steps;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    ValueException.unless(
        spec.outputs() >= 2, "outputs", spec.outputs(), "must be >= 2: a symbol and the blank");
    beam(spec);
    return CtcObjective.parameters(inputs, spec.outputs());
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new CtcObjective(workspace, input, spec.outputs(), beam(spec));
  }

  private static int beam(HeadSpec spec) {
    return spec.options().whole(BEAM, 0);
  }

  /**
   * How many steps a sequence needs for a label: one for each symbol, and one for a blank between
   * two equal ones.
   *
   * @param label symbols, from its first element on
   * @param length of the label
   */
  public static int leastSteps(int[] label, int length) {
    int steps = length;
    for (int u = 1; u < length; u++) {
      steps += label[u] == label[u - 1] ? 1 : 0;
    }
    return steps;
  }
}
