package org.rondo.tasks.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.models.LayerSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.tasks.TaskSettings;

class ImagePlanTest {
  private static final Recurrent TOP = new Recurrent(CellSpec.of("gru", 4));

  private static ImagePlan plan(String image, String convolution) {
    var keys = new TreeMap<>(Map.of("image", image, "convolution", convolution));
    return ImagePlan.of(new TaskSettings("classification", keys));
  }

  @Test
  void convolutionsStandBehindTheInput() {
    List<LayerSpec> layers = plan("16x12x1", "8:3:2, 16 : 4 : 1").in(List.of(new Values(192), TOP));

    var first = new Convolution(new ImageShape(16, 12, 1), 8, 3, 2, 1, "relu");
    assertThat(layers)
        .containsExactly(
            new Values(192),
            first,
            new Convolution(new ImageShape(8, 6, 8), 16, 4, 1, 1, "relu"),
            TOP);
    assertThat(plan(" ", "").in(layers)).isEqualTo(layers);
    assertThat(plan("", "").image()).isEmpty();
    assertThat(plan("2 x 3 x 4", "").image()).contains(new ImageShape(2, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "16x16,'',image = 16x16: must be height x width x channels",
    "16x0x1,'',image = 16x0x1: width = 0: must be from 1",
    "16x16x1,8:3,'convolution = 8:3: must be filters:kernel:stride of each layer'",
    "16x16x1,'8:3:2,','convolution = 8:3:2,: must be filters:kernel:stride'",
    "4x4x1,8:0:1,convolution = 8:0:1: over an image of 4 x 4 x 1: kernel = 0: must be from 1 to 4",
    "'',8:3:2,convolution = 8:3:2: needs the shape of the images",
  })
  void aValueOutOfPlaceNamesItsKey(String image, String convolution, String message) {
    assertThatThrownBy(() -> plan(image, convolution))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("classification." + message);
  }

  @Test
  void stepsThatAreNoSuchImageAreRefused() {
    assertThatThrownBy(() -> plan("16x12x1", "8:3:2").in(List.of(new Values(200), TOP)))
        .hasMessage(
            "classification.image = 16x12x1: is 192 values, but each step of the series has 200");
    assertThatThrownBy(() -> plan("16x12x1", "").in(List.of(new Embedding(9, 4), TOP)))
        .hasMessage(
            "classification.image = 16x12x1: only steps of a series can be images, and the rows have"
                + " none");
  }
}
