package org.rondo.tasks.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.models.layers.ImageShape;
import org.rondo.tasks.pictures.LinePicture.Line;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.LinePicture.Span;

class PicturesTest {
  private static JsonNode json(Picture picture) {
    // As in a map of a list, where the type of the elements is not declared.
    return new ObjectMapper().valueToTree(List.<Object>of(picture)).get(0);
  }

  @Test
  void shortSeriesIsDrawnAsItIsWithGapsWhereThereIsNoNumber() {
    Steps steps = Steps.of(-1, 4);
    double[] values = {1.5, Double.NaN, 1e60, -2};
    var picture =
        new LinePicture(
            "a",
            "b",
            "y",
            steps,
            List.of(Line.of("truth", Part.TRUTH, values, steps)),
            List.of(new Span("alarm", Part.FOUND, 0, 1)));

    JsonNode json = json(picture);

    assertThat(json.get("kind").asText()).isEqualTo("lines");
    assertThat(json.get("steps")).hasToString("{\"first\":-1,\"every\":1,\"count\":4}");
    assertThat(json.get("lines").get(0))
        .hasToString("{\"name\":\"truth\",\"part\":\"TRUTH\",\"values\":[1.5,null,null,-2.0]}");
    assertThat(json.get("spans").get(0).get("to").asInt()).isEqualTo(1);
  }

  @Test
  void longSeriesKeepsItsPeaks() {
    int length = 2 * Steps.MOST + 1;
    var values = new double[length];
    values[7] = 9;
    values[8] = -9;
    values[length - 1] = 5;
    Steps steps = Steps.of(0, length);

    List<Float> drawn = steps.thinned(values);

    // Three steps to a value, so six to the least and the largest.
    assertThat(steps).isEqualTo(new Steps(0, 3, 667));
    assertThat(drawn).hasSize(667);
    assertThat(drawn.subList(0, 6)).containsExactly(0f, 0f, -9f, 9f, 0f, 0f);
    // Of the last part, which is shorter, one value alone has a place.
    assertThat(drawn.get(666)).isEqualTo(0f);
  }

  @Test
  void framesAreBytesAndAsManyAsAPictureHolds() {
    var grey = new ImageShape(1, 3, 1);
    String frame = FramePicture.frame(new float[] {0, 0.5f, 7});

    JsonNode json = json(new FramePicture("a", "b", grey, List.of(frame), List.of("")));

    assertThat(json.get("kind").asText()).isEqualTo("frames");
    assertThat(json.get("frames").get(0).asText()).isEqualTo("AID/"); // 0, 128, 255
    assertThat(json.get("shape").get("width").asInt()).isEqualTo(3);
    assertThat(FramePicture.frames(grey)).isEqualTo(24);
    assertThat(FramePicture.frames(new ImageShape(64, 64, 3))).isEqualTo(5);
    assertThat(FramePicture.frames(new ImageShape(2, 2, 2))).isZero();
    assertThatThrownBy(
            () -> new FramePicture("a", "b", grey, Collections.nCopies(25, frame), List.of()))
        .hasMessageContaining("frames");
  }

  @Test
  void largeMatrixIsCut() {
    List<String> names = Collections.nCopies(70, "token");
    var weights = new float[70][71];
    weights[2][1] = 0.25f;

    JsonNode json = json(MatrixPicture.of("a", "b", names, names, weights));

    assertThat(json.get("kind").asText()).isEqualTo("matrix");
    assertThat(json.get("rows")).hasSize(60);
    assertThat(json.get("weights").get(59)).hasSize(60);
    assertThat(json.get("weights").get(2).get(1).asDouble()).isEqualTo(0.25);
  }
}
