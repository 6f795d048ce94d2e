package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineTest {
  @Test
  void rondoIsAnEngine() {
    assertThat(Engine.named("rondo")).isInstanceOf(RondoEngine.class);
  }

  @Test
  void withoutItsJarsDl4jIsAnErrorThatSaysHowToBringThem() {
    assertThatThrownBy(() -> Engine.named("dl4j"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "engine = dl4j: no such engine on the class path; there are [rondo]; the module interop"
                + " brings dl4j: put its jars on RONDO_CLASS_PATH, see"
                + " docs/migrating-from-dl4j.md");
  }

  @Test
  void anUnknownEngineListsWhatThereIs() {
    assertThatThrownBy(() -> Engine.named("torch"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("engine = torch: no such engine on the class path; there are [rondo]");
  }
}
