import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Rows per second of Deeplearning4j on the network of the long texts of SpeedRows: an embedding of
 * 128, an LSTM of 128 units, its last step, two labels; float32. The words are numbers already.
 *
 * <p>A minibatch has 256 texts of nearly the same length, the order that is best for an engine that
 * computes the padding too.
 *
 * <p>Arguments: the number of rows, how often they are timed. Prints the median of the rows per
 * second.
 */
public final class Dl4jSpeed {
  private static final int WORDS = 1000;
  private static final int BATCH = 256;

  private Dl4jSpeed() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    MultiLayerNetwork network = network();
    int[] lengths = new Random(1).ints(count, 100, 300).sorted().toArray();
    double[] seconds = new double[times];
    pass(network, Arrays.copyOf(lengths, Math.min(count, 4 * BATCH))); // not counted
    for (int time = 0; time < times; time++) {
      long start = System.nanoTime();
      pass(network, lengths);
      seconds[time] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    System.out.println(count / ((seconds[times / 2] + seconds[(times - 1) / 2]) / 2));
  }

  private static MultiLayerNetwork network() {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .list()
            .layer(new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(128).build())
            .layer(new LastTimeStep(new LSTM.Builder().nIn(128).nOut(128).build()))
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(128)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static void pass(MultiLayerNetwork network, int[] lengths) {
    double sum = 0;
    var random = new Random(2);
    for (int from = 0; from < lengths.length; from += BATCH) {
      int rows = Math.min(BATCH, lengths.length - from);
      int steps = lengths[from + rows - 1];
      float[] words = new float[rows * steps];
      float[] mask = new float[rows * steps];
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < lengths[from + row]; step++) {
          words[row * steps + step] = random.nextInt(WORDS);
          mask[row * steps + step] = 1;
        }
      }
      INDArray output =
          network.output(
              Nd4j.create(words, new long[] {rows, 1, steps}, DataType.FLOAT),
              false,
              Nd4j.create(mask, new long[] {rows, steps}, DataType.FLOAT),
              null);
      sum += output.getDouble(0);
    }
    if (!(sum > 0)) {
      throw new IllegalStateException("no probability");
    }
  }
}
