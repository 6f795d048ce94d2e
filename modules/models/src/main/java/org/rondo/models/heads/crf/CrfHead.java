package org.rondo.models.heads.crf;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A tag for every step that is chosen with the others of its sequence: a linear-chain conditional
 * random field over the emissions {@code x W + b}, with a score for every pair of neighbouring
 * tags, for the first and for the last one. See {@link CrfObjective}.
 *
 * <p>Option {@code illegal}: transitions that no sequence may have, such as {@code start-2, 0-2,
 * 1-end}; see {@link IllegalTransitions}. Targets that hold one are refused.
 *
 * @see <a href="https://repository.upenn.edu/handle/20.500.14332/6188">Lafferty, McCallum and
 *     Pereira 2001</a>
 * @see <a href="https://arxiv.org/abs/1508.01991">Huang, Xu and Yu 2015</a>
 * @see <a href="https://aclanthology.org/N16-1030">Lample et al. 2016</a>
 */
@AutoService(Head.class)
public final class CrfHead implements Head {
  private static final String ILLEGAL = "illegal";

  @Override
  public String type() {
    return "crf";
  }

  @Override
  public Set<String> options() {
    return Set.of(ILLEGAL);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    illegal(spec);
    return CrfObjective.parameters(inputs, spec.outputs());
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new CrfObjective(workspace, input, illegal(spec));
  }

  /**
   * The scores of neighbouring tags by which a path is found: those of a parameter, with -1e30 for
   * what option {@code illegal} rules out.
   *
   * @param parameter {@code transitions (K,K)}, {@code start (K)} or {@code end (K)}
   * @param values that parameter's, which are left as they are
   * @throws IllegalArgumentException if the parameter is another one
   */
  public static float[] decodingScores(HeadSpec spec, String parameter, float[] values) {
    return TagScores.decoding(illegal(spec), parameter, values);
  }

  private static IllegalTransitions illegal(HeadSpec spec) {
    String listed = spec.options().values().getOrDefault(ILLEGAL, "");
    return IllegalTransitions.parse(listed, spec.outputs());
  }
}
