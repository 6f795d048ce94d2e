package org.rondo.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.bench.engine.CostModel.Measured;

final class CostModelTest {
  private static final long MILLION = 1_000_000;
  private static final CostModel MODEL = new CostModel(0.05, 0.001, 0.004, 1e-8, 5e-9);

  @Test
  void anInfinitelyFastNetworkLeavesWhatWasMeasuredOnOneMachine() {
    var shape = new RoundShape(20 * MILLION, 16, 4, 4);

    assertThat(MODEL.overhead(shape, Double.POSITIVE_INFINITY)).isEqualTo(MODEL.overhead(shape));
    // 0.05 + 16 * 0.001 + 4 * 0.004 + 2e7 * 1e-8 + 2e7 * 5e-9 * (4 + 4) / 2
    assertThat(MODEL.overhead(shape)).isEqualTo(0.682, within(1e-9));
  }

  @Test
  void oneShardSendsItsModelOnceEachWay() {
    var shape = new RoundShape(25 * MILLION, 1, 1, 4);

    double network = MODEL.overhead(shape, 1e8) - MODEL.overhead(shape);

    assertThat(network).isEqualTo(2.0, within(1e-9));
  }

  @Test
  void whatTheDriverCollectsDoesNotGrowWithShardsOnceTheyShuffle() {
    var shape = new RoundShape(25 * MILLION, 16, 16, 4);

    double network = MODEL.overhead(shape, 1e8) - MODEL.overhead(shape);

    // two copies of the broadcast, 15/16 of a contribution exchanged, one model collected
    assertThat(network).isEqualTo(3 + 15.0 / 16, within(1e-9));
  }

  @Test
  void smallContributionsAllGoToTheDriver() {
    var shape = new RoundShape(MILLION, 8, 8, 2);

    double network = MODEL.overhead(shape, 1e8) - MODEL.overhead(shape);

    assertThat(network).isEqualTo((2 * 4 + 8 * 2) * 1e6 / 1e8, within(1e-9));
  }

  @Test
  void moreWorkBetweenRoundsWastesLess() {
    var shape = new RoundShape(20 * MILLION, 64, 64, 4);

    assertThat(MODEL.efficiency(shape, 1.25e9, 60))
        .isGreaterThan(MODEL.efficiency(shape, 1.25e9, 10));
    assertThat(MODEL.efficiency(shape, 1.25e9, 1e9)).isEqualTo(1, within(1e-6));
  }

  @Test
  void theFitFindsTheConstantsThatMadeTheCells() {
    var cells = new ArrayList<Measured>();
    for (long parameters : List.of(10_000L, MILLION, 20 * MILLION)) {
      for (int shards : List.of(2, 16, 256)) {
        for (int executors : List.of(1, 2)) {
          var shape = new RoundShape(parameters, shards, executors, 4);
          cells.add(new Measured(shape, MODEL.overhead(shape)));
        }
      }
    }

    CostModel found = CostModel.fit(cells);

    assertThat(found.fixed()).isEqualTo(MODEL.fixed(), within(1e-4));
    assertThat(found.perTask()).isEqualTo(MODEL.perTask(), within(1e-5));
    assertThat(found.perExecutorTask()).isEqualTo(MODEL.perExecutorTask(), within(1e-5));
    assertThat(found.perParameter()).isEqualTo(MODEL.perParameter(), within(1e-10));
    assertThat(found.perContribution()).isEqualTo(MODEL.perContribution(), within(1e-11));
  }

  @Test
  void tooFewCellsAndImpossibleRoundsAreRefused() {
    assertThatThrownBy(() -> CostModel.fit(List.of())).hasMessageContaining("0 cells");
    assertThatThrownBy(() -> new RoundShape(1, 0, 1, 4)).hasMessageContaining("0 shards");
  }
}
