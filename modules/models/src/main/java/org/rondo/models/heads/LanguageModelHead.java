package org.rondo.models.heads;

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
 * The next token at every step, a {@link SoftmaxObjective} over the vocabulary. With the option
 * {@code tied} its weights are those of the embedding, which is then as wide as the layer below.
 * With {@code cutoffs = 2000, 10000} it is an {@link AdaptiveSoftmax}, whose clusters begin at
 * those ids. With {@code samples = 1000} beside {@code tied} it is trained as a {@link
 * SampledSoftmax} of so many draws.
 */
@AutoService(Head.class)
public final class LanguageModelHead implements Head {
  private static final String TIED = "tied";
  private static final String SAMPLES = "samples";

  @Override
  public String type() {
    return "language-model";
  }

  @Override
  public boolean predictsInput() {
    return true;
  }

  @Override
  public Set<String> options() {
    return Set.of(TIED, Cutoffs.OPTION, SAMPLES);
  }

  @Override
  public boolean sharesEmbedding(HeadSpec spec) {
    return spec.options().flag(TIED);
  }

  @Override
  public HeadSpec evaluated(HeadSpec spec) {
    return spec.without(SAMPLES);
  }

  private static int samples(HeadSpec spec) {
    return spec.options().whole(SAMPLES, 0);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    Cutoffs cutoffs = Cutoffs.of(spec);
    int samples = samples(spec);
    ValueException.unless(
        samples == 0 || sharesEmbedding(spec),
        ValueException.OPTION + SAMPLES,
        samples,
        "a softmax that is learned by samples shares the embedding: set tied, and no cutoffs");
    if (cutoffs.clusters() > 0) {
      ValueException.unless(
          !sharesEmbedding(spec),
          ValueException.OPTION + TIED,
          true,
          "an adaptive softmax cannot share the embedding, since its clusters are narrower");
      return AdaptiveSoftmax.parameters(inputs, cutoffs);
    }
    if (samples > 0) {
      return List.of(SampledSoftmax.bias(spec.outputs()));
    }
    return sharesEmbedding(spec)
        ? List.of(SoftmaxObjective.bias(spec.outputs()))
        : SoftmaxObjective.parameters(inputs, spec.outputs());
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    Cutoffs cutoffs = Cutoffs.of(spec);
    if (cutoffs.clusters() > 0) {
      return new AdaptiveSoftmax(workspace, input, spec.outputs(), cutoffs);
    }
    if (samples(spec) > 0 && workspace.trains()) {
      return new SampledSoftmax(workspace, input, spec.outputs(), samples(spec));
    }
    if (sharesEmbedding(spec)) {
      return SoftmaxObjective.tied(workspace, input, spec.outputs());
    }
    return new SoftmaxObjective(workspace, input, spec.outputs(), ClassWeights.none());
  }
}
