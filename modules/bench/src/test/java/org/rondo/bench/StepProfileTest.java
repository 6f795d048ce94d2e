package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

class StepProfileTest {
  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 8;
  private static final int V = 11;
  private static final Options OPTIONS =
      new Options(
          new Configuration("tiny", "lstm", V, H, B, T),
          ElementType.FLOAT32,
          Options.Mode.TRAINING,
          1,
          3,
          5e-3,
          0);

  @Test
  void everyProductOfAStepIsCounted() {
    Profile profile = StepProfile.of(OPTIONS, Kernels.best());

    var recurrent = new BoundProduct(Product.of(B, H, 4 * H).accumulating(), true);
    var input = new BoundProduct(Product.of(T * B, H, 4 * H), true);
    var head = new BoundProduct(Product.of(H, T * B, V).withTransposedA(), false);
    // Two layers: a recurrent product for each of T steps, an input product for all steps.
    assertThat(calls(profile, recurrent)).isEqualTo(2 * T);
    assertThat(calls(profile, input)).isEqualTo(2);
    assertThat(calls(profile, head)).isEqualTo(1);
  }

  @Test
  void partsAndRestMakeTheWholeStep() {
    Profile profile = StepProfile.of(OPTIONS, Kernels.best());

    double parts =
        profile.productsInStep()
            + profile.packing()
            + profile.passes().stream().mapToDouble(Profile.PassTime::inStep).sum();
    assertThat(profile.rest()).isPositive();
    assertThat(parts + profile.rest()).isCloseTo(profile.timedStep(), within(1e-9));
    assertThat(profile.passes())
        .extracting(Profile.PassTime::name)
        .contains("lstmForward", "softmaxCrossEntropy", "sumOfSquares");
  }

  @Test
  void inferenceRunsForwardProductsAlone() {
    Profile profile = StepProfile.of(OPTIONS.with(Options.Mode.INFERENCE), Kernels.best());

    assertThat(profile.products()).noneMatch(product -> product.product().product().transposeA());
    assertThat(profile.products()).noneMatch(product -> product.product().product().transposeB());
    assertThat(profile.products()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyKindOfProductFindsOperands(ElementType inputs) {
    Product product = Product.of(3, 4, 5).with(inputs);
    try (var memory = new NativeMemory()) {
      var operands = new Operands(Kernels.best(), memory);
      for (BoundProduct bound :
          List.of(
              new BoundProduct(product, true),
              new BoundProduct(product.withTransposedA(), false),
              new BoundProduct(product.withTransposedB().accumulating(), true))) {
        assertThatNoException().as("%s", bound).isThrownBy(operands.product(bound)::run);
      }
    }
  }

  private static double calls(Profile profile, BoundProduct product) {
    return profile.products().stream()
        .filter(time -> time.product().equals(product))
        .mapToDouble(Profile.ProductTime::calls)
        .sum();
  }
}
