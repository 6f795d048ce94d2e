package org.rondo.interop.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;

/**
 * How a DL4J configuration moves its parameters, in Rondo's terms.
 *
 * <p>DL4J divides a minibatch's gradient by its sequences, Rondo by its targets: DL4J's is longer
 * by the targets of a sequence. So what is proportional to a gradient (the rate of plain descent,
 * limits of clipping, Adam's epsilon) is converted by that number, and steps come out equal.
 *
 * <p>DL4J clips each layer by itself; Rondo clips the norm of the whole gradient to the same limit,
 * which shortens it a little more often.
 */
final class Dl4jUpdate {
  private static final String CONSTANT = "give it a constant rate and momentum";

  private final MultiLayerConfiguration configuration;
  private final double targets;

  /**
   * @param targets of a sequence in a minibatch, on average
   */
  private Dl4jUpdate(MultiLayerConfiguration configuration, double targets) {
    this.configuration = configuration;
    this.targets = targets;
  }

  /**
   * Everything but the network.
   *
   * @param targets of a sequence in a minibatch, on average
   * @throws UnsupportedLayerException naming the first layer that asks for what Rondo has not
   */
  static UpdatePlan plan(MultiLayerConfiguration configuration, double targets) {
    var update = new Dl4jUpdate(configuration, targets);
    update.requirePlain();
    return new UpdatePlan(update.clip(), update.optimizer(), SchedulePlan.constant());
  }

  /**
   * Steps through which gradients flow.
   *
   * @param longest sequence of the data
   * @throws IllegalArgumentException if forward and backward steps of truncation differ
   */
  static int unroll(MultiLayerConfiguration configuration, int longest) {
    if (configuration.getBackpropType() != BackpropType.TruncatedBPTT) {
      return longest;
    }
    int forward = configuration.getTbpttFwdLength();
    int back = configuration.getTbpttBackLength();
    if (forward != back) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "dl4j: tBPTTForwardLength = %d, tBPTTBackwardLength = %d: Rondo goes back as far as it went forward; set both to one number",
              forward,
              back));
    }
    return Math.min(forward, longest);
  }

  private ClipPlan clip() {
    List<Trained> layers = layers();
    GradientNormalization kind = layers.get(0).layer().getGradientNormalization();
    double limit = layers.get(0).layer().getGradientNormalizationThreshold() / targets;
    for (Trained each : layers) {
      each.place()
          .require(
              each.layer().getGradientNormalization() == kind
                  && (kind == null
                      || kind == GradientNormalization.None
                      || each.layer().getGradientNormalizationThreshold() / targets == limit),
              "gradientNormalization is not that of layer 0",
              "give all layers one");
    }
    return switch (kind == null ? GradientNormalization.None : kind) {
      case None -> ClipPlan.NONE;
      case ClipElementWiseAbsoluteValue -> new ClipPlan(0, limit, 0);
      case ClipL2PerLayer, ClipL2PerParamType -> ClipPlan.ofNorm(limit);
      case RenormalizeL2PerLayer, RenormalizeL2PerParamType ->
          throw layers
              .get(0)
              .place()
              .unsupported("gradientNormalization = " + kind, "choose ClipL2PerLayer");
    };
  }

  private OptimizerPlan optimizer() {
    List<Trained> layers = layers();
    IUpdater updater = layers.get(0).layer().getIUpdater();
    for (Trained each : layers) {
      IUpdater ofBias = each.layer().getBiasUpdater();
      each.place()
          .require(
              Objects.equals(each.layer().getIUpdater(), updater)
                  && (ofBias == null || ofBias.equals(updater)),
              "its updater is not that of layer 0",
              "give all layers and biases one updater");
    }
    LayerPlace first = layers.get(0).place();
    if (updater instanceof Sgd sgd) {
      first.require(sgd.getLearningRateSchedule() == null, "updater " + sgd, CONSTANT);
      return OptimizerPlan.of("sgd", sgd.getLearningRate() * targets);
    }
    if (updater instanceof Nesterovs nesterovs) {
      first.require(
          nesterovs.getLearningRateSchedule() == null && nesterovs.getMomentumISchedule() == null,
          "updater " + nesterovs,
          CONSTANT);
      double rate = nesterovs.getLearningRate() * targets;
      return new OptimizerPlan("nesterov", rate, nesterovs.getMomentum(), 0, 0, 1, 0);
    }
    if (updater instanceof Adam adam) {
      first.require(adam.getLearningRateSchedule() == null, "updater " + adam, CONSTANT);
      double epsilon = adam.getEpsilon() / targets;
      double rate = adam.getLearningRate();
      return new OptimizerPlan("adam", rate, 0, adam.getBeta1(), adam.getBeta2(), epsilon, 0);
    }
    throw first.unsupported("updater " + updater, "choose Sgd, Nesterovs or Adam");
  }

  /** Throws if a layer asks for a loss or gradient that is more than the data's. */
  private void requirePlain() {
    for (Trained each : layers()) {
      BaseLayer layer = each.layer();
      each.place()
          .require(
              isEmpty(layer.getRegularization()) && isEmpty(layer.getRegularizationBias()),
              "regularization (l1, l2 or weight decay)",
              "remove it; dropout is supported");
      each.place().require(each.conf().isMiniBatch(), "miniBatch = false", "leave it at true");
    }
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  /** The layers that have parameters, without what wraps them. */
  private List<Trained> layers() {
    var found = new ArrayList<Trained>();
    List<NeuralNetConfiguration> confs = configuration.getConfs();
    for (int i = 0; i < confs.size(); i++) {
      if (unwrapped(confs.get(i).getLayer()) instanceof BaseLayer layer) {
        found.add(new Trained(new LayerPlace(i, layer), confs.get(i), layer));
      }
    }
    return found;
  }

  private static Layer unwrapped(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return unwrapped(wrapper.getUnderlying());
    }
    return layer instanceof Bidirectional both ? unwrapped(both.getFwd()) : layer;
  }

  /** A layer with parameters and its place. */
  private record Trained(LayerPlace place, NeuralNetConfiguration conf, BaseLayer layer) {}
}
