package org.rondo.models.heads;

import com.google.auto.service.AutoService;
import java.util.List;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The next token at every step, a {@link SoftmaxObjective} over the vocabulary. */
@AutoService(Head.class)
public final class LanguageModelHead implements Head {
  @Override
  public String type() {
    return "language-model";
  }

  @Override
  public boolean predictsInput() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    return SoftmaxObjective.parameters(inputs, spec.outputs());
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new SoftmaxObjective(workspace, input, spec.outputs(), ClassWeights.NONE);
  }
}
