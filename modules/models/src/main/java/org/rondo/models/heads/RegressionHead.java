package org.rondo.models.heads;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Values for every step, such as the load of a grid in the next hour: a {@link ValuesObjective}.
 * Which steps count, their targets say.
 *
 * <p>Option {@code pooling}: {@code none} (default), or {@code last}, {@code mean}, {@code max} or
 * {@code attention} as the {@link ClassifierHead} has them, for values of every sequence, which are
 * its one label.
 *
 * <p>Option {@code loss}: {@code mse} (default), the squared error; {@code mae}, the absolute
 * error; {@code huber}; or {@code quantile}.
 *
 * <p>Option {@code quantiles}, such as {@code 0.1, 0.5, 0.9}, with that last loss: the predicted
 * values are as many blocks of equal width, and each learns its {@link QuantileLoss quantile}.
 *
 * <p>Option {@code notes}: of the numbers of a target, so many last ones are for the metrics alone
 * (0 by default).
 */
@AutoService(Head.class)
public final class RegressionHead implements Head {
  private static final String NONE = "none";
  private static final String LOSS = "loss";
  private static final String NOTES = "notes";
  private static final String QUANTILE = "quantile";
  private static final String QUANTILES = "quantiles";

  @Override
  public String type() {
    return "regression";
  }

  @Override
  public Set<String> options() {
    return Set.of(Pooling.OPTION, LOSS, NOTES, QUANTILES);
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
  public boolean takesWeights() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    var all = new ArrayList<ParameterSpec>(Pooling.parameters(pooling(spec), inputs));
    losses(spec);
    all.addAll(ValuesObjective.parameters(inputs, predicted(spec)));
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
    int values = predicted(spec);
    return new ValuesObjective(workspace, input, values, spec.outputs() - values, losses(spec));
  }

  /** Numbers of a target that are predicted. */
  private static int predicted(HeadSpec spec) {
    int notes = spec.options().whole(NOTES, 0);
    ValueException.unless(
        notes < spec.outputs(),
        ValueException.OPTION + NOTES,
        notes,
        String.format(Locale.ROOT, "must be below %d, the numbers of a target", spec.outputs()));
    return spec.outputs() - notes;
  }

  /** Of each block of the predicted values. */
  private static List<? extends ValueLoss> losses(HeadSpec spec) {
    String loss = spec.options().choice(LOSS, "mse", "mae", "huber", QUANTILE);
    if (loss.equals(QUANTILE)) {
      return quantiles(spec);
    }
    ValueException.unless(
        !spec.options().values().containsKey(QUANTILES),
        ValueException.OPTION + QUANTILES,
        spec.options().values().get(QUANTILES),
        "are for loss = quantile");
    return List.of(
        switch (loss) {
          case "mae" -> StandardLoss.ABSOLUTE_ERROR;
          case "huber" -> StandardLoss.HUBER;
          default -> StandardLoss.SQUARED_ERROR;
        });
  }

  private static List<QuantileLoss> quantiles(HeadSpec spec) {
    String words = spec.options().values().getOrDefault(QUANTILES, "0.5");
    int values = predicted(spec);
    try {
      List<QuantileLoss> losses =
          Arrays.stream(words.split(",", -1))
              .map(word -> new QuantileLoss(Double.parseDouble(word.strip())))
              .toList();
      if (values % losses.size() == 0) {
        return losses;
      }
    } catch (IllegalArgumentException e) {
      // refused below, as what is no number
    }
    throw new ValueException(
        ValueException.OPTION + QUANTILES,
        words,
        String.format(
            Locale.ROOT,
            "must be numbers between 0 and 1, as many as divide %d, the predicted values",
            values));
  }

  private static String pooling(HeadSpec spec) {
    return spec.options().choice(Pooling.OPTION, NONE, Pooling.names().toArray(new String[0]));
  }
}
