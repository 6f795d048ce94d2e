package org.rondo.models;

import com.google.auto.service.AutoService;
import java.util.List;
import org.rondo.models.NetworkSpec.HeadSpec;

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
    return new SoftmaxObjective(workspace, input, spec.outputs());
  }
}
