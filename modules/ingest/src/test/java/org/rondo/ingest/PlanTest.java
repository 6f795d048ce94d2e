package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void fractionsMustLeaveTrainingText() {
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", 0.5, 0.5))
        .hasMessageEndingWith("got validation 0.5, test 0.5");
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", -0.1, 0))
        .hasMessageEndingWith("got validation -0.1, test 0.0");
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", Double.NaN, 0))
        .hasMessageEndingWith("got validation NaN, test 0.0");
  }

  @Test
  void aPathMustBeNamed() {
    assertThatThrownBy(() -> new SplitPlan.ByFraction(" ", 0, 0))
        .hasMessage("split: data.path must name a path, got \" \"");
    assertThatThrownBy(() -> new SplitPlan.ByFile(null, "", ""))
        .hasMessage("split: data.train must name a path, got \"null\"");
  }

  @Test
  void limitsOfTheVocabularyAreChecked() {
    assertThatThrownBy(() -> new VocabularyPlan(0, 0))
        .hasMessage("vocabulary: minimum count must be >= 1, got 0");
    assertThatThrownBy(() -> new VocabularyPlan(1, 1))
        .hasMessage("vocabulary: maximum size must be 0 (no limit) or >= 2, got 1");
  }

  @Test
  void treatmentsOfInvalidUtf8HaveTwoNames() {
    assertThatThrownBy(() -> InvalidUtf8.named("ignore"))
        .hasMessage("invalid UTF-8: must be reject or replace, got ignore");
  }
}
