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
 * Values for every step, such as the load of a grid in the next hour, learned by their mean squared
 * error: a {@link ValuesObjective}. Which steps count, their targets say.
 *
 * <p>Option {@code pooling}: {@code none} (default), or {@code last}, {@code mean}, {@code max} or
 * {@code attention} as the {@link ClassifierHead} has them, for values of every sequence, which are
 * its one label.
 */
@AutoService(Head.class)
public final class RegressionHead implements Head {
  private static final String NONE = "none";

  @Override
  public String type() {
    return "regression";
  }

  @Override
  public Set<String> options() {
    return Set.of(Pooling.OPTION);
  }

  @Override
  public boolean predictsValues() {
    return true;
  }

  @Override
  public int labels(HeadSpec spec, int steps) {
    return pooling(spec).equals(NONE) ? 0 : 1;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(pooling(spec), inputs));
    all.addAll(ValuesObjective.parameters(inputs, spec.outputs()));
    return all;
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    String name = pooling(spec);
    if (name.equals(NONE)) {
      return objective(workspace, input, spec);
    }
    Pooling pooling = Pooling.named(name, workspace, input);
    Objective objective = objective(workspace, pooling.output(), spec);
    return new PooledObjective(workspace, pooling, objective);
  }

  private static Objective objective(Workspace workspace, Signal input, HeadSpec spec) {
    return new ValuesObjective(workspace, input, spec.outputs(), ValueLoss.SQUARED_ERROR);
  }

  private static String pooling(HeadSpec spec) {
    return spec.options().choice(Pooling.OPTION, NONE, Pooling.names().toArray(new String[0]));
  }
}
