package org.rondo.models.heads;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A class for every sequence, such as what a review thinks of a film: the steps are pooled to one
 * vector, that goes through a {@link SoftmaxObjective}. The target is the sequence's one label.
 *
 * <p>Option {@code pooling}: {@code last} (default), {@code mean}, {@code max} or {@code
 * attention}, which brings parameters of its own.
 *
 * <p>Option {@code class_weights}: a weight per class; see {@link ClassWeights}.
 */
@AutoService(Head.class)
public final class ClassifierHead implements Head {
  @Override
  public String type() {
    return "classifier";
  }

  @Override
  public Set<String> options() {
    return Set.of(Pooling.OPTION, ClassWeights.OPTION);
  }

  @Override
  public int labels(HeadSpec spec, int steps) {
    return 1;
  }

  @Override
  public boolean takesWeights() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(Pooling.chosen(spec), inputs));
    ClassWeights.of(spec); // checks it
    all.addAll(SoftmaxObjective.parameters(inputs, spec.outputs()));
    return all;
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    Pooling pooling = Pooling.named(Pooling.chosen(spec), workspace, input);
    var objective =
        new SoftmaxObjective(workspace, pooling.output(), spec.outputs(), ClassWeights.of(spec));
    return new PooledObjective(workspace, pooling, objective);
  }
}
