package org.rondo.training.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Score;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.Values;
import org.rondo.training.events.TrainingEvent.Evaluated;

class ExplosionTest {
  /** ln 100 = 4.605. */
  @Test
  void moreThanTwiceTheLossOfAGuessIsTold() {
    assertThat(Explosion.of(evaluated(9.2), 100)).isEmpty();
    assertThat(Explosion.of(evaluated(46), 100))
        .hasValue(
            "the validation loss exploded to 46.00 in round 7, where a guess among 100 classes has 4.605");
    assertThat(Explosion.of(evaluated(Double.NaN), 100)).isPresent();
  }

  @Test
  void whatIsNoGuessAmongClassesIsNotComparedWithOne() {
    var inputs = List.<LayerSpec>of(new Values(2));
    for (String head : List.of("regression", "ctc")) {
      assertThat(Explosion.of(evaluated(46), new NetworkSpec(inputs, new HeadSpec(head, 7))))
          .isEmpty();
    }
    assertThat(Explosion.of(evaluated(46), new NetworkSpec(inputs, new HeadSpec("tagger", 7))))
        .isPresent();
  }

  private static Evaluated evaluated(double loss) {
    return new Evaluated(7, loss, List.of(new Score("loss", loss, false)), Map.of(), false);
  }
}
