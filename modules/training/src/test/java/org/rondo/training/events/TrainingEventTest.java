package org.rondo.training.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingEventTest {
  @Test
  void everyEventHasANameAsJson() {
    JsonSubTypes named = TrainingEvent.class.getAnnotation(JsonSubTypes.class);
    List<Class<?>> classes =
        Arrays.stream(named.value()).<Class<?>>map(JsonSubTypes.Type::value).toList();

    assertThat(classes).containsExactlyInAnyOrder(TrainingEvent.class.getPermittedSubclasses());
  }
}
