package org.rondo.models.heads;

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
 * A class for every step, such as the part of speech of each word: a {@link SoftmaxObjective} over
 * the tags. Unlike that of a language model its input may have seen the steps that follow.
 *
 * <p>Option {@code class_weights}: a weight per tag; see {@link ClassWeights}.
 */
@AutoService(Head.class)
public final class TaggerHead implements Head {
  @Override
  public String type() {
    return "tagger";
  }

  @Override
  public Set<String> options() {
    return Set.of(ClassWeights.OPTION);
  }

  @Override
  public boolean takesWeights() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    ClassWeights.of(spec); // checks it
    return SoftmaxObjective.parameters(inputs, spec.outputs());
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new SoftmaxObjective(workspace, input, spec.outputs(), ClassWeights.of(spec));
  }
}
