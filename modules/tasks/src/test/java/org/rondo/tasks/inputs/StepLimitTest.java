package org.rondo.tasks.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.JsonFile;
import org.rondo.tasks.FeaturesJson;

class StepLimitTest {
  private static final List<Integer> STEPS = List.of(1, 2, 3, 4, 5, 6);

  @Test
  void keepsWhatItSays() {
    assertThat(StepLimit.first(3).of(STEPS)).containsExactly(1, 2, 3);
    assertThat(new StepLimit(3, StepLimit.Keep.LAST).of(STEPS)).containsExactly(4, 5, 6);
    assertThat(new StepLimit(3, StepLimit.Keep.ENDS).of(STEPS)).containsExactly(1, 2, 6);
    assertThat(new StepLimit(6, StepLimit.Keep.ENDS).of(STEPS)).isEqualTo(STEPS);
  }

  @Test
  void isWrittenInOneOrder() throws Exception {
    var ends = Map.of("limit", new StepLimit(400, StepLimit.Keep.ENDS));
    String text = JsonFile.text(ends);
    assertThat(text.replaceAll("\\s", ""))
        .isEqualTo("{\"limit\":{\"steps\":400,\"keep\":\"ends\"}}");
    assertThat(JsonFile.value(JsonFile.object(text), Holder.class).limit())
        .isEqualTo(ends.get("limit"));
    assertThat(JsonFile.text(StepLimit.first(400))).isEqualTo("400");
  }

  private record Holder(StepLimit limit) {}

  @Test
  void featuresAreEqualInWhateverOrder() {
    String one = "{\"version\": 1, \"limit\": {\"steps\": 400, \"keep\": \"ends\"}}";
    String other = "{\"limit\": {\"keep\": \"ends\", \"steps\": 400}, \"version\": 1}";
    assertThat(FeaturesJson.equal(one, other)).isTrue();
    assertThat(FeaturesJson.equal(one, other.replace("400", "401"))).isFalse();
    assertThatThrownBy(() -> FeaturesJson.equal(one, "[]")).hasMessageContaining("features");
  }
}
