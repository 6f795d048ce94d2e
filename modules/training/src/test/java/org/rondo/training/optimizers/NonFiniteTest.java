package org.rondo.training.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.JavaElementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.parameters.ParameterLayout;

class NonFiniteTest {
  private final NativeMemory memory = new NativeMemory();
  private final Elementwise passes = new JavaElementwise();
  private final ParameterLayout layout = new ParameterLayout();

  NonFiniteTest() {
    layout.add("below", 2);
    layout.add("above", 1, 2);
  }

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void gradientsThatAreFiniteAreToldByTheLongest() {
    assertThat(ofGradient(3, -4, 1, 2))
        .isEqualTo("the longest gradient is that of below, its norm is 5.0");
  }

  @Test
  void gradientsThatAreNotAreToldByTheFirstThatBackpropagationComesTo() {
    assertThat(ofGradient(Float.NaN, 0, 0, Float.NEGATIVE_INFINITY))
        .contains("of above is the first", "Infinity");
    assertThat(ofGradient(1, Float.NaN, 0, 7)).contains("of below is the first", "its norm is NaN");
  }

  @Test
  void parametersAreToldByTheFirst() {
    assertThat(NonFinite.parameter(layout, new float[] {1, 2, Float.MAX_VALUE, 4})).isEmpty();
    assertThat(NonFinite.parameter(layout, new float[] {1, 2, Float.POSITIVE_INFINITY, Float.NaN}))
        .contains("the parameter above holds Infinity");
  }

  private String ofGradient(float... values) {
    NativeBuffer gradient = memory.floats(values.length);
    gradient.write(0, values, 0, values.length);
    return NonFinite.gradient(layout, gradient, passes);
  }
}
