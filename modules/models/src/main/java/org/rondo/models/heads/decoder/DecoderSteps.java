package org.rondo.models.heads.decoder;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.PerStep;
import org.rondo.models.cells.StepProducts;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.layers.EmbeddingTable;
import org.rondo.models.layers.InputProducts;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The decoder from labels to what predicts the next ones: in each step, with y the label before and
 * a' the attentional vector of the step before,
 *
 * <pre>
 *   h = cell(E[y] W + a' F)     layers above read the h below
 *   c = attention of the topmost h over the encoder's outputs
 *   a = tanh(c C + h S + b)
 * </pre>
 *
 * <p>Without input feeding there is no F. The products of E[y] are made of many steps at once. Of U
 * steps only the first few may run, in each minibatch as many as its longest label has.
 *
 * <p>Parameters, of U steps and R rows: below {@code embedding}, {@code layer.0}, .., {@code
 * attention} and {@code output}; {@code layer.0.feed_weight (H,G)} is F.
 */
final class DecoderSteps {
  static final String EMBEDDING = "embedding";
  private static final String FEED = "feed_weight";

  private final Workspace target;
  private final Elementwise elementwise;
  private final boolean feeds;
  private final float keep;
  private final EmbeddingTable table;
  private final Signal embedded;
  private final InputProducts products;
  private final InputProducts.Steps stepping;
  private final StepProducts feed;
  private final DecoderLayer[] layers;
  private final LayerInput[] between;
  private final Attention attention;
  private final AttentionalVectors vectors;
  private final NativeBuffer output;
  private final int feedLength;
  private long embeddingKey;
  private boolean drops;

  /**
   * @param target {@code (U,R)}, R a multiple of the encoder's sequences
   * @param source {@code (T,B)}
   * @param input the encoder's outputs
   */
  DecoderSteps(
      Workspace target, Workspace source, Signal input, AttentionKeys keys, DecoderPlan plan) {
    this.target = target;
    this.elementwise = target.elementwise();
    this.feeds = plan.inputFeeding();
    this.keep = (float) (1 - plan.dropout());
    this.table = new EmbeddingTable(target.within(EMBEDDING), plan.embedding());
    this.embedded = target.signal(plan.embedding());
    this.layers = new DecoderLayer[plan.layers()];
    this.between = new LayerInput[plan.layers() - 1];
    for (int i = 0; i < layers.length; i++) {
      Workspace place = target.within(layer(i));
      layers[i] = new DecoderLayer(place, plan.cell());
      if (i > 0) {
        between[i - 1] = new LayerInput(place, layers[i - 1], layers[i], keep);
      }
    }
    DecoderLayer lowest = layers[0];
    DecoderLayer top = layers[layers.length - 1];
    Signal context = target.signal(input.width());
    Workspace ofAttention = target.within("attention");
    this.attention =
        new Attention(
            AttentionPlace.over(source, ofAttention, keys, top), plan.attention(), input, context);
    this.vectors = new AttentionalVectors(target.within("output"), context, top, plan.units());
    this.output = vectors.history().output(); // a slice, which is an object
    Workspace ofLowest = target.within(layer(0));
    this.products = new InputProducts(ofLowest, embedded, lowest.projection(), lowest.columns());
    this.stepping = this::run; // made once, since it is an object
    this.feed = feeds ? feed(ofLowest, lowest) : null;
    this.feedLength = target.batch() * plan.units();
  }

  private static String layer(int number) {
    return "layer." + number;
  }

  private StepProducts feed(Workspace place, DecoderLayer lowest) {
    var projection = new PerStep(lowest.projection().values(), target);
    NativeBuffer unread = target.gradientFloats(vectors.gradient().length() / target.steps());
    return new StepProducts(
        place,
        FEED,
        vectors.history().operandsBefore(),
        lowest.projection().gradient(),
        Results.added(projection::at),
        Results.addedToStateBefore(place, vectors.gradient(), unread));
  }

  static List<ParameterSpec> parameters(int inputs, DecoderPlan plan, int classes) {
    var all = new ArrayList<ParameterSpec>();
    Cell cell = plan.cell().cell();
    int columns = cell.projectionWidth(plan.cell());
    int units = plan.units();
    all.add(EmbeddingTable.parameter(classes, plan.embedding()).within(EMBEDDING));
    for (int i = 0; i < plan.layers(); i++) {
      var layer = new ArrayList<ParameterSpec>();
      if (i == 0) {
        layer.addAll(InputProducts.parameters(plan.embedding(), columns, plan.cell().units()));
      } else {
        layer.add(LayerInput.parameter(units, columns));
      }
      if (i == 0 && plan.inputFeeding()) {
        layer.add(
            new ParameterSpec(FEED, List.of(units, columns), Initializer.glorot(units, units)));
      }
      layer.addAll(cell.parameters(plan.cell()));
      addAll(all, layer(i), layer);
    }
    addAll(all, "attention", Attention.parameters(plan.attention(), inputs, units));
    addAll(all, "output", AttentionalVectors.parameters(inputs, units));
    return all;
  }

  private static void addAll(List<ParameterSpec> all, String scope, List<ParameterSpec> parts) {
    parts.forEach(part -> all.add(part.within(scope)));
  }

  /** {@code (U,R,H)}: what each step predicts its label of. */
  NativeBuffer output() {
    return output;
  }

  /** The operand of {@link #output}. */
  NativeBuffer outputOperand() {
    return vectors.history().outputOperand();
  }

  /** {@code (U,R,H)}: to be filled before {@link #backward}; of padding zero. */
  NativeBuffer outputGradient() {
    return vectors.gradient();
  }

  /** The weights of row r in step u, of the first steps of its sequence. */
  void readWeights(int u, int row, float[] into) {
    attention.readWeights(u, row, into);
  }

  /** Floats that all layers carry, behind those of the attentional vector. */
  int stateLength() {
    int length = feedLength;
    for (DecoderLayer layer : layers) {
      length += layer.stateLength();
    }
    return length;
  }

  /** Where the state of the lowest layer begins, behind the attentional vector {@code (R,H)}. */
  int layersAt() {
    return feedLength;
  }

  void loadState(float[] state) {
    int at = vectors.history().load(state, 0);
    for (DecoderLayer layer : layers) {
      layer.loadState(state, at);
      at += layer.stateLength();
    }
  }

  void storeState(float[] state) {
    int at = vectors.history().store(state, 0);
    for (DecoderLayer layer : layers) {
      layer.storeState(state, at);
      at += layer.stateLength();
    }
  }

  /** Writes the gradient of the layers' state before the first step, behind {@link #layersAt}. */
  void storeStateGradient(float[] gradient) {
    int at = feedLength;
    for (DecoderLayer layer : layers) {
      layer.storeStateGradient(gradient, at);
      at += layer.stateLength();
    }
  }

  /**
   * Steps of labels that are not learned from.
   *
   * @param labels {@code (U,R)}: what stands before each label
   * @param count of the steps, U or fewer
   */
  void forward(int[] labels, int count) {
    drops = false;
    for (LayerInput input : between) {
      input.begin();
    }
    runAll(labels, count);
  }

  /**
   * As {@link #forward}, with dropout.
   *
   * @param random numbers of this minibatch
   */
  void forwardTraining(int[] labels, int count, CounterRandom random) {
    drops = keep < 1;
    embeddingKey = drops ? random.derive("decoder labels").key() : 0;
    for (int i = 0; i < between.length; i++) {
      between[i].beginTraining(drops ? random.derive("decoder").derive(i) : random);
    }
    runAll(labels, count);
  }

  private void runAll(int[] labels, int count) {
    NativeBuffer values = embedded.values();
    for (int row = 0; row < count * target.batch(); row++) {
      table.read(labels[row], values, row);
    }
    if (drops) {
      elementwise.dropout(values, values, keep, embeddingKey);
    }
    target.round(values, embedded.operand());
    if (feeds) {
      feed.beginForward();
    }
    attention.beginForward();
    vectors.beginForward();
    products.forward(stepping, count);
  }

  private void run(int from, int to) {
    for (int u = from; u < to; u++) {
      if (feeds) {
        feed.forward(u);
      }
      layers[0].forward(u);
      for (int i = 1; i < layers.length; i++) {
        between[i - 1].forward(u);
        layers[i].forward(u);
      }
      attention.forward(u);
      vectors.forward(u);
    }
  }

  /**
   * All steps that {@link #forwardTraining} ran; then {@link #storeStateGradient}, which tells the
   * encoder's outputs the first part of their gradient, then {@link #endBackward}.
   */
  void backward(int count) {
    beginBackward();
    for (int u = count - 1; u >= 0; u--) {
      vectors.backward(u);
      attention.backward(u);
      for (int i = layers.length - 1; i > 0; i--) {
        layers[i].backward(u);
        between[i - 1].backward(u);
      }
      layers[0].backward(u);
      if (feeds) {
        feed.backward(u);
      }
    }
  }

  private void beginBackward() {
    vectors.beginBackward();
    attention.beginBackward();
    for (int i = 0; i < layers.length; i++) {
      layers[i].beginBackward();
    }
    for (int i = 0; i < between.length; i++) {
      between[i].beginBackward();
    }
    if (feeds) {
      feed.beginBackward();
    }
  }

  /**
   * Writes the gradients of parameters, and adds to those of the encoder's outputs and of the keys.
   *
   * @param labels and {@code count} as they were forward
   */
  void endBackward(int[] labels, int count) {
    attention.endBackward(count); // reads states, whose last one the layers give up
    vectors.endBackward(count);
    for (int i = 0; i < layers.length; i++) {
      layers[i].endBackward(count);
    }
    for (int i = 0; i < between.length; i++) {
      between[i].endBackward(count);
    }
    if (feeds) {
      feed.weightGradient(count);
    }
    products.backward(count);
    addToTable(labels, count);
  }

  private void addToTable(int[] labels, int count) {
    if (drops) {
      elementwise.dropout(embedded.gradient(), embedded.gradient(), keep, embeddingKey);
    }
    table.clearGradient();
    for (int row = 0; row < count * target.batch(); row++) {
      if (!target.isPadding(row)) {
        table.add(labels[row], 1f, embedded.gradient(), row);
      }
    }
  }
}
