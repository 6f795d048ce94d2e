package org.rondo.models;

import java.util.ArrayList;
import java.util.List;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Embedding;
import org.rondo.models.parameters.ParameterLayout;

/** {@link Columns} in double precision, one word at a time. */
final class ReferenceColumns {
  private final ParameterLayout layout;
  private final double[] parameters;
  private final double[] gradient;
  private final Minibatch minibatch;
  private final int width;
  private final double[] x;

  /** What undoes each word's part, from the gradient of the output. */
  private final List<Runnable> backwards = new ArrayList<>();

  private double[] dx;

  ReferenceColumns(
      Columns spec,
      ParameterLayout layout,
      double[] parameters,
      double[] gradient,
      Minibatch minibatch) {
    this.layout = layout;
    this.parameters = parameters;
    this.gradient = gradient;
    this.minibatch = minibatch;
    this.width = spec.width(0);
    int rows = minibatch.steps() * minibatch.batch();
    this.x = new double[rows * width];
    for (int row = 0; row < rows; row++) {
      int column = 0;
      int at = row * width;
      for (int part = 0; part < spec.parts().size(); part++) {
        InputLayerSpec each = spec.parts().get(part);
        if (each instanceof Embedding embedding) {
          embed(part, embedding, id(row, column), at);
        } else if (row / minibatch.batch() < minibatch.lengths()[row % minibatch.batch()]) {
          spell("columns." + part, (Characters) each, row, column, at);
        }
        column += each.idColumns().size();
        at += each.width(0);
      }
    }
  }

  double[] output() {
    return x;
  }

  void backward(double[] outputGradient) {
    dx = outputGradient;
    backwards.forEach(Runnable::run);
  }

  private int id(int row, int column) {
    return minibatch.inputs()[row * minibatch.columns() + column];
  }

  private void embed(int part, Embedding embedding, int id, int at) {
    int from = vector("columns." + part, id, embedding.units());
    for (int i = 0; i < embedding.units(); i++) {
      x[at + i] = parameters[from + i];
    }
    backwards.add(() -> addTo(from, dx, at, embedding.units()));
  }

  private int vector(String scope, int id, int units) {
    return layout.slice(scope + ".weight").offset() + id * units;
  }

  private void addTo(int vector, double[] from, int at, int units) {
    for (int i = 0; i < units; i++) {
      gradient[vector + i] += from[at + i];
    }
  }

  private void spell(String scope, Characters spec, int row, int column, int at) {
    int length = 0;
    while (length < spec.length() && id(row, column + length) != 0) {
      length++;
    }
    var vectors = new int[length];
    for (int c = 0; c < length; c++) {
      vectors[c] = vector(scope, id(row, column + c), spec.units());
    }
    read(scope + ".forward", spec, vectors, at);
    var reversed = new int[length];
    for (int c = 0; c < length; c++) {
      reversed[c] = vectors[length - 1 - c];
    }
    read(scope + ".backward", spec, reversed, at + spec.width(0) / 2);
  }

  /** One recurrence over a word, whose last h is what counts. */
  private void read(String scope, Characters spec, int[] vectors, int at) {
    int half = spec.width(0) / 2;
    if (vectors.length == 0) {
      return;
    }
    var input = new double[vectors.length * spec.units()];
    for (int i = 0; i < input.length; i++) {
      input[i] = parameters[vectors[i / spec.units()] + i % spec.units()];
    }
    var own = new ReferenceParameters(layout, scope, parameters, gradient);
    ReferenceRecurrence cell = ReferenceRecurrence.of(own, input, 1, spec.cell());
    double[] hidden = cell.forward(new double[cell.stateLength()], 0);
    int last = (vectors.length - 1) * half;
    System.arraycopy(hidden, last, x, at, half);
    backwards.add(
        () -> {
          var dh = new double[hidden.length];
          System.arraycopy(dx, at, dh, last, half);
          double[] inputGradient = cell.backward(dh);
          for (int c = 0; c < vectors.length; c++) {
            addTo(vectors[c], inputGradient, c * spec.units(), spec.units());
          }
        });
  }
}
