package org.rondo.models.heads;

import java.util.List;
import java.util.Locale;
import org.rondo.models.HeadSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * From the steps of a sequence to one vector: {@code (T,B,H)} to {@code (B,H)}, over each
 * sequence's own steps. A sequence of length 0 gives zeros and takes no gradient.
 */
public sealed interface Pooling permits LastPooling, MeanPooling, MaxPooling, AttentionPooling {
  /** The option of heads that names one. */
  String OPTION = "pooling";

  /** {@code (B,H)}. */
  Signal output();

  /** Writes the output, but not its operand, from the input's values. */
  void forward();

  /** Writes the input's gradient, zero for padding, and those of parameters. */
  void backward();

  /** Names of all, the default first. */
  static List<String> names() {
    return List.of("last", "mean", "max", "attention");
  }

  /**
   * The name that a head's options give, or that of the default.
   *
   * @throws IllegalArgumentException if there is no such pooling
   */
  static String chosen(HeadSpec spec) {
    String[] others = names().subList(1, names().size()).toArray(new String[0]);
    return spec.options().choice(OPTION, names().get(0), others);
  }

  /** Parameters of the pooling of that name. */
  static List<ParameterSpec> parameters(String name, int inputs) {
    return name.equals("attention") ? AttentionPooling.parameters(inputs) : List.of();
  }

  /** Makes the pooling of that name, which is one of {@link #names}. */
  static Pooling named(String name, Workspace workspace, Signal input) {
    return switch (name) {
      case "last" -> new LastPooling(workspace, input);
      case "mean" -> new MeanPooling(workspace, input);
      case "max" -> new MaxPooling(workspace, input);
      case "attention" -> new AttentionPooling(workspace, input);
      default ->
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "pooling: %s is none of %s", name, names()));
    };
  }
}
