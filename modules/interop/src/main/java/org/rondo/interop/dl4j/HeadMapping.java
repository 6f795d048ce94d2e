package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Embedding;

/** DL4J's output layers as heads of Rondo's. */
final class HeadMapping {
  private HeadMapping() {}

  /**
   * The head for an output layer. A softmax over as many classes as the network takes ids is a
   * language model, unless the network looks ahead; that differs from a tagger in name alone.
   *
   * @param layers of the network below
   * @param pooled whether there is one result for each sequence, of its last step
   * @throws UnsupportedLayerException if activation or loss is missing or none of Rondo's
   */
  static HeadSpec of(LayerPlace place, List<LayerSpec> layers, int outputs, boolean pooled) {
    var layer = (BaseOutputLayer) place.layer();
    ILossFunction loss = layer.getLossFn();
    place.require(loss != null, "no loss", "give it one: MSE, or MCXENT with softmax");
    String activation =
        Activations.word(place, "activation", layer.getActivationFn(), "softmax", "identity");
    if (activation.equals("identity")) {
      requireSquaredError(place, loss);
      Options options = pooled ? new Options(Map.of("pooling", "last")) : Options.NONE;
      return new HeadSpec("regression", outputs, options);
    }
    requireCrossEntropy(place, loss);
    if (pooled) {
      return new HeadSpec("classifier", outputs);
    }
    boolean predictsIds =
        layers.get(0) instanceof Embedding ids
            && ids.vocabulary() == outputs
            && layers.stream().noneMatch(Bidirectional.class::isInstance);
    return new HeadSpec(predictsIds ? "language-model" : "tagger", outputs);
  }

  private static void requireCrossEntropy(LayerPlace place, ILossFunction loss) {
    Class<?> type = loss.getClass();
    place.require(
        type == LossMCXENT.class
            || type == LossSparseMCXENT.class
            || type == LossNegativeLogLikelihood.class,
        "loss " + loss,
        "a softmax goes with MCXENT, SPARSE_MCXENT or NEGATIVELOGLIKELIHOOD");
    requireNoWeights(place, ((LossMCXENT) loss).getWeights());
  }

  private static void requireSquaredError(LayerPlace place, ILossFunction loss) {
    place.require(loss.getClass() == LossMSE.class, "loss " + loss, "the identity goes with MSE");
    requireNoWeights(place, ((LossMSE) loss).getWeights());
  }

  private static void requireNoWeights(LayerPlace place, INDArray weights) {
    place.require(
        weights == null, "weights of the loss", "use it without, all outputs weigh the same");
  }
}
