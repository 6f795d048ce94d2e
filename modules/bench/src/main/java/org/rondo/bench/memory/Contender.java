package org.rondo.bench.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;
import org.rondo.training.optimizers.ClipPlan;

/**
 * One way to learn {@link RecallTask}: a cell of {@value #UNITS} units, plain gradient descent, and
 * what is done against vanishing and exploding gradients.
 *
 * @param name for people
 * @param recurrentScale that the initial recurrent weights are multiplied by
 * @param pictured whether the picture shows it, beside the tables
 */
record Contender(
    String name,
    List<HiddenLayerSpec> recurrent,
    double recurrentScale,
    ClipPlan clip,
    boolean pictured) {
  private static final int UNITS = 32;
  private static final ClipPlan NORM = ClipPlan.ofNorm(0.3);

  /** All that are compared, in the order of the tables. */
  static List<Contender> all() {
    Map<String, String> tanh = Map.of();
    Map<String, String> relu = Map.of("activation", "relu");
    List<HiddenLayerSpec> two = List.of(layer("vanilla", tanh), layer("vanilla", tanh));
    return List.of(
        of("vanilla, recurrent weights x 0.6", "vanilla", tanh).scaled(0.6).inPicture(),
        of("vanilla", "vanilla", tanh).inPicture(),
        of("vanilla, recurrent weights x 1.5", "vanilla", tanh).scaled(1.5).inPicture(),
        of("vanilla, not clipped", "vanilla", tanh).with(ClipPlan.NONE),
        of("vanilla, clip_value = 0.1", "vanilla", tanh).with(new ClipPlan(0, 0.1, 0)),
        of("vanilla, scale_norm = 0.3", "vanilla", tanh).with(new ClipPlan(0, 0, 0.3)),
        of("vanilla, initial = identity", "vanilla", Map.of("initial", "identity")),
        of("vanilla, activation = relu", "vanilla", relu).inPicture(),
        of("vanilla, activation = relu, not clipped", "vanilla", relu).with(ClipPlan.NONE),
        new Contender("vanilla, 2 layers", two, 1, NORM, false),
        new Contender("vanilla, 2 layers, residual", residual(two), 1, NORM, false),
        of("gru", "gru", Map.of()).inPicture(),
        of("lstm", "lstm", Map.of()).inPicture(),
        of("lstm, not clipped", "lstm", Map.of()).with(ClipPlan.NONE),
        of("lstm, layer_norm = true", "lstm", Map.of("layer_norm", "true")).inPicture());
  }

  private static Contender of(String name, String cell, Map<String, String> options) {
    return new Contender(name, List.of(layer(cell, options)), 1, NORM, false);
  }

  private static HiddenLayerSpec layer(String cell, Map<String, String> options) {
    return new Recurrent(new CellSpec(cell, UNITS, new Options(options)));
  }

  private static List<HiddenLayerSpec> residual(List<HiddenLayerSpec> layers) {
    return layers.stream().<HiddenLayerSpec>map(Residual::new).toList();
  }

  private Contender with(ClipPlan clip) {
    return new Contender(name, recurrent, recurrentScale, clip, pictured);
  }

  private Contender scaled(double recurrentScale) {
    return new Contender(name, recurrent, recurrentScale, clip, pictured);
  }

  private Contender inPicture() {
    return new Contender(name, recurrent, recurrentScale, clip, true);
  }

  /** The network: embedding, the recurrent layers, a softmax over the symbols. */
  NetworkSpec network() {
    var layers = new ArrayList<LayerSpec>();
    layers.add(new Embedding(RecallTask.VOCABULARY, UNITS));
    layers.addAll(recurrent);
    return new NetworkSpec(layers, new HeadSpec("language-model", RecallTask.SYMBOLS));
  }
}
