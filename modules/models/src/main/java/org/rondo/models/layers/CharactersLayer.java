package org.rondo.models.layers;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * {@link Characters}: a {@link BidirectionalLayer} over minibatches of C steps whose sequences are
 * the T*B words. Words begin with a state of zeros. The output is, of each word, the forward half
 * of its last character and the backward half of its first.
 */
final class CharactersLayer implements InputLayer {
  private final Workspace workspace;
  private final Workspace words;
  private final EmbeddingTable table;
  private final int column;
  private final int half;
  private final int recurrentParameters;
  private final Signal characters;
  private final BidirectionalLayer recurrence;
  private final Signal output;

  CharactersLayer(Workspace workspace, Characters spec, int column) {
    this.workspace = workspace;
    this.words = workspace.shaped(spec.length(), workspace.rows());
    this.table = new EmbeddingTable(workspace, spec.units());
    this.column = column;
    this.half = spec.cell().outputWidth();
    this.recurrentParameters =
        (int)
            BidirectionalLayer.parameters(spec.cell(), spec.units()).stream()
                .mapToDouble(parameter -> ParameterSpec.elements(parameter.shape()))
                .sum();
    this.characters = words.signal(spec.units());
    this.recurrence = new BidirectionalLayer(words, characters, spec.cell(), 0);
    this.output = workspace.signal(2 * half);
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(Minibatch minibatch) {
    setLengths(minibatch);
    for (int row = 0; row < words.rows(); row++) {
      if (words.isPadding(row)) {
        characters.values().clear(row * characters.width(), characters.width());
      } else {
        table.read(
            id(minibatch, row % words.batch(), row / words.batch()), characters.values(), row);
      }
    }
    words.round(characters.values(), characters.operand());
    recurrence.forward();
    for (int word = 0; word < words.batch(); word++) {
      gather(word);
    }
    workspace.round(output.values(), output.operand());
  }

  /** Characters before the first id 0; none behind the end of a sequence. */
  private void setLengths(Minibatch minibatch) {
    int[] lengths = words.lengths();
    for (int word = 0; word < lengths.length; word++) {
      int length = 0;
      while (!workspace.isPadding(word)
          && length < words.steps()
          && id(minibatch, word, length) != 0) {
        length++;
      }
      lengths[word] = length;
    }
  }

  private int id(Minibatch minibatch, int word, int character) {
    return minibatch.inputs()[word * minibatch.columns() + column + character];
  }

  private void gather(int word) {
    int to = word * 2 * half;
    if (words.lengths()[word] == 0) {
      output.values().clear(to, 2 * half);
      return;
    }
    NativeBuffer states = recurrence.output().values();
    output.values().copy(to, states, last(word), half);
    output.values().copy(to + half, states, first(word), half);
  }

  /** Where the forward half of a word's last character begins. */
  private int last(int word) {
    return ((words.lengths()[word] - 1) * words.batch() + word) * 2 * half;
  }

  /** Where the backward half of a word's first character begins. */
  private int first(int word) {
    return word * 2 * half + half;
  }

  @Override
  public void backward(Minibatch minibatch) {
    NativeBuffer states = recurrence.output().gradient();
    states.clear(0, states.length());
    for (int word = 0; word < words.batch(); word++) {
      if (words.lengths()[word] > 0) {
        states.copy(last(word), output.gradient(), word * 2 * half, half);
        states.copy(first(word), output.gradient(), word * 2 * half + half, half);
      }
    }
    recurrence.backward();
    table.clearGradient();
    for (int row = 0; row < words.rows(); row++) {
      if (!words.isPadding(row)) {
        int id = id(minibatch, row % words.batch(), row / words.batch());
        table.add(id, 1f, characters.gradient(), row);
      }
    }
  }

  @Override
  public int parameterCount() {
    return table.parameterCount() + recurrentParameters;
  }

  /** Those of the table, and one for the recurrences. */
  @Override
  public int maximumRanges() {
    return table.maximumRanges(words.rows()) + 1;
  }

  @Override
  public void addRanges(Gradient ranges, int first) {
    table.addRanges(ranges, first);
    ranges.add(first + table.parameterCount(), recurrentParameters);
  }
}
