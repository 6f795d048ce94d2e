package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.VocabularyPlan;

class PlanTest {
  @Test
  void fractionsMustLeaveTrainingText() {
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", 0.5, 0.5))
        .hasMessage(
            "data.validation_fraction = 0.5: leaves nothing for training beside data.test_fraction = 0.5");
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", -0.1, 0))
        .hasMessage("data.validation_fraction = -0.1: must be in [0,1)");
    assertThatThrownBy(() -> new SplitPlan.ByFraction("a", Double.NaN, 0))
        .hasMessage("data.validation_fraction = NaN: must be in [0,1)");
  }

  @Test
  void aPathMustBeNamed() {
    assertThatThrownBy(() -> new SplitPlan.ByFraction(" ", 0, 0))
        .hasMessage("data.path =  : must name a path");
    assertThatThrownBy(() -> new SplitPlan.ByFile(null, "", ""))
        .hasMessage("data.train = null: must name a path");
  }

  @Test
  void limitsOfTheVocabularyAreChecked() {
    assertThatThrownBy(() -> new VocabularyPlan(0, 0))
        .hasMessage("data.minimum_count = 0: must be >= 1");
    assertThatThrownBy(() -> new VocabularyPlan(1, 1))
        .hasMessage("data.maximum_vocabulary = 1: must be 0 (no limit) or >= 2");
  }

  @Test
  void treatmentsOfInvalidUtf8HaveTwoNames() {
    assertThatThrownBy(() -> InvalidUtf8.named("ignore"))
        .hasMessage("data.invalid_utf8 = ignore: must be reject or replace");
  }
}
