package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.runs.SettingsException;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;

/**
 * A language model of Rondo as DL4J's configuration: embedding, LSTM or vanilla layers, softmax;
 * truncated backpropagation, and an updater with the constants that {@link Dl4jUpdate} converts
 * back.
 *
 * <p>Elements are clipped as Rondo clips them. A norm is not: DL4J clips each of L layers by
 * itself, here to {@code limit / sqrt(L)}, so that the whole gradient is no longer than Rondo's
 * limit and at times shorter than Rondo would leave it.
 */
final class Dl4jLanguageModel {
  /** As DL4J's builders say it. */
  private static final double NO_DROPOUT = 0;

  private final TrainingPlan plan;

  /** Targets of a sequence in a minibatch, by which DL4J's gradients are longer. */
  private final int targets;

  private double kept = 1;
  private int width;

  private Dl4jLanguageModel(TrainingPlan plan) {
    this.plan = plan;
    targets = plan.rounds().unroll();
  }

  /**
   * The configuration.
   *
   * @throws SettingsException naming the key that asks for what DL4J has not
   */
  static MultiLayerConfiguration of(NetworkSpec network, TrainingPlan plan) {
    return new Dl4jLanguageModel(plan).configuration(network);
  }

  private MultiLayerConfiguration configuration(NetworkSpec network) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(plan.seed())
            .dataType(DataType.FLOAT)
            .updater(updater(plan.update().optimizer()));
    clip(builder, plan.update().clip(), layers(network));
    NeuralNetConfiguration.ListBuilder layers = builder.list();
    for (LayerSpec spec : network.layers()) {
      if (spec instanceof Dropout dropout && !dropout.locked()) {
        kept = 1 - dropout.rate(); // of what enters the layer above
      } else {
        layers.layer(layer(spec).build());
        kept = 1;
      }
    }
    if (!network.head().options().values().isEmpty()) {
      throw missing("head " + network.head(), "a language model with a full softmax of its own");
    }
    var output = new RnnOutputLayer.Builder(new LossSparseMCXENT()).dataFormat(RNNFormat.NCW);
    layers.layer(placed(output, network.head().outputs()).activation(Activation.SOFTMAX).build());
    layers.validateOutputLayerConfig(false); // before the text is read, its vocabulary is one
    return layers.tBPTTLength(targets).backpropType(BackpropType.TruncatedBPTT).build();
  }

  private FeedForwardLayer.Builder<?> layer(LayerSpec spec) {
    if (spec instanceof Embedding embedding && embedding.dropout() == 0) {
      width = embedding.vocabulary();
      return placed(new EmbeddingSequenceLayer.Builder(), embedding.units());
    }
    if (spec instanceof Recurrent recurrent && recurrent.weightDrop() == 0) {
      return recurrent(recurrent.cell());
    }
    throw missing("layer " + spec, "layers in one direction with plain dropout between them alone");
  }

  private FeedForwardLayer.Builder<?> recurrent(CellSpec cell) {
    Map<String, String> options = cell.options().values();
    if (cell.name().equals("lstm") && options.isEmpty()) {
      return placed(new LSTM.Builder().dataFormat(RNNFormat.NCW), cell.units())
          .activation(Activation.TANH);
    }
    if (cell.name().equals("vanilla") && options.isEmpty()) {
      return placed(new SimpleRnn.Builder().dataFormat(RNNFormat.NCW), cell.units())
          .activation(Activation.TANH);
    }
    throw missing(
        String.format(Locale.ROOT, "network.cell = %s with cell_options %s", cell.name(), options),
        "lstm or vanilla without options");
  }

  private <B extends FeedForwardLayer.Builder<B>> B placed(B builder, int units) {
    B placed = builder.nIn(width).nOut(units).dropOut(kept < 1 ? kept : NO_DROPOUT);
    width = units;
    return placed;
  }

  private IUpdater updater(OptimizerPlan optimizer) {
    double rate = optimizer.learningRate();
    return switch (optimizer.name()) {
      case "sgd" -> new Sgd(rate / targets);
      case "nesterov" -> new Nesterovs(rate / targets, optimizer.momentum());
      case "adam" ->
          new Adam(rate, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon() * targets);
      default ->
          throw missing("optimizer.name = " + optimizer.name(), List.of("sgd", "nesterov", "adam"));
    };
  }

  /** Those that have parameters, the head among them. */
  private static int layers(NetworkSpec network) {
    return 1 + network.layers().stream().mapToInt(Dl4jLanguageModel::counted).sum();
  }

  private static int counted(LayerSpec layer) {
    return layer instanceof Dropout ? 0 : 1;
  }

  /** Each layer by itself, so that all together are no longer than the limit. */
  private void clip(NeuralNetConfiguration.Builder builder, ClipPlan clip, int layers) {
    if (clip.scaleNorm() > 0 || (clip.norm() > 0 && clip.value() > 0)) {
      throw missing(
          "train.scale_norm, nor two ways of clipping at once", "one of clip_norm and clip_value");
    }
    if (clip.norm() > 0) {
      builder.gradientNormalization(GradientNormalization.ClipL2PerLayer);
      builder.gradientNormalizationThreshold(clip.norm() * targets / Math.sqrt(layers));
    } else if (clip.value() > 0) {
      builder.gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue);
      builder.gradientNormalizationThreshold(clip.value() * targets);
    }
  }

  static SettingsException missing(String what, Object instead) {
    return new SettingsException(
        String.format(
            Locale.ROOT, "engine = dl4j has no %s; choose %s, or engine = rondo", what, instead));
  }
}
