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
 * vector, that goes through a {@link SoftmaxObjective}. The target stands at a sequence's own last
 * step.
 *
 * <p>Option {@code pooling}: {@code last} (default), {@code mean}, {@code max} or {@code
 * attention}, which brings parameters of its own.
 */
@AutoService(Head.class)
public final class ClassifierHead implements Head {
  private static final String POOLING = "pooling";

  @Override
  public String type() {
    return "classifier";
  }

  @Override
  public Set<String> options() {
    return Set.of(POOLING);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(pooling(spec), inputs));
    all.addAll(SoftmaxObjective.parameters(inputs, spec.outputs()));
    return all;
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    Pooling pooling = Pooling.named(pooling(spec), workspace, input);
    var objective = new SoftmaxObjective(workspace, pooling.output(), spec.outputs());
    return new PooledObjective(workspace, pooling, objective, 0);
  }

  private static String pooling(HeadSpec spec) {
    List<String> names = Pooling.names();
    String[] others = names.subList(1, names.size()).toArray(new String[0]);
    return spec.options().choice(POOLING, names.get(0), others);
  }
}
