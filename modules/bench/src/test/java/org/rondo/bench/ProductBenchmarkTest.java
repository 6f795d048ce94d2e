package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

class ProductBenchmarkTest {
  @Test
  void everyProductIsOneOfTheStep() {
    var tiny = new Configuration("tiny", "lstm", 11, 8, 3, 4);
    var options = new Options(tiny, ElementType.FLOAT32, Options.Mode.TRAINING, 1, 1, 1e-3, 0);

    Profile profile = StepProfile.of(options, Kernels.best());

    assertThat(profile.products())
        .extracting(Profile.ProductTime::product)
        .containsAll(
            Arrays.stream(ProductBenchmark.Role.values())
                .map(role -> ProductBenchmark.product(tiny, role, ElementType.FLOAT32))
                .toList());
  }
}
