package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStepsTest {
  @Test
  void theTableHasARowForEachNumberOfTags() {
    assertThat(HeadSteps.table(new int[] {2, 3}, 1, 2, 1).toString())
        .startsWith("| tags | tagger, ms | crf, ms | ratio |\n|---|---|---|---|\n| 2 | ")
        .contains("\n| 3 | ");
  }
}
