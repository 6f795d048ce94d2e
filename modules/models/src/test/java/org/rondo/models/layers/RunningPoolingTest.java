package org.rondo.models.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.Layer;
import org.rondo.models.layers.RunningPooling.Kind;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** Three steps of two sequences, the second of which has one; one unit. */
class RunningPoolingTest {
  private static float[] pooled(Kind kind, float[] state, float... values) {
    try (var memory = new NativeMemory()) {
      var workspace =
          new Workspace(
              3, 2, Kernels.best(), ElementType.FLOAT32, ParameterLayout.of(List.of()), memory);
      workspace.lengths()[1] = 1;
      Signal input = workspace.signal(1);
      input.values().write(0, values, 0, values.length);
      Layer layer = new RunningPooling(kind).bind(workspace, input);
      assertThat(layer.stateWidths()).containsExactly(1, 1);
      layer.loadState(state, 0);
      layer.forward();
      layer.storeState(state, 0);
      assertThatThrownBy(layer::backward).isInstanceOf(IllegalStateException.class);
      return layer.output().values().toArray();
    }
  }

  @Test
  void theMeanGoesOnFromTheState() {
    var state = new float[4];
    assertThat(pooled(Kind.MEAN, state, 2, 5, 4, 9, 6, 9)).containsExactly(2, 5, 3, 0, 4, 0);
    assertThat(state).containsExactly(12, 5, 3, 1);
    assertThat(pooled(Kind.MEAN, state, 0, 7, 0, 9, 18, 9)).containsExactly(3, 6, 2.4f, 0, 5, 0);
  }

  @Test
  void theLargestGoesOnFromTheState() {
    var state = new float[4];
    assertThat(pooled(Kind.MAX, state, -2, -5, -3, 9, -1, 9)).containsExactly(-2, -5, -2, 0, -1, 0);
    assertThat(state).containsExactly(-1, -5, 3, 1);
    assertThat(pooled(Kind.MAX, state, -4, -6, 3, 9, 2, 9)).containsExactly(-1, -5, 3, 0, 3, 0);
  }
}
