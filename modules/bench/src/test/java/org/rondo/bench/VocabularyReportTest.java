package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VocabularyReportTest {
  @Test
  void everyOptimizerHasARow() {
    String table = VocabularyReport.table(new int[] {60}, 4, 1).toString();
    assertThat(table.lines())
        .hasSize(5)
        .anySatisfy(
            line -> assertThat(line).matches("\\| 60 \\| sparse-adam \\| [\\d,]+ \\| [\\d,]+ .*"));
  }
}
