package org.rondo.training.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;

class WorkspacePoolTest {
  private final WorkspacePool pool = new WorkspacePool(1);
  private final WorkspaceKey small = key(2);
  private final WorkspaceKey large = key(3);

  private static WorkspaceKey key(int batch) {
    NetworkSpec spec = RecurrentStack.languageModel(5, "lstm", 1, 4, 0);
    return new WorkspaceKey(spec.toJson(), KernelPlan.of("float32"), List.of(2), batch, true);
  }

  @Test
  void equalKeysShareAWorkspaceOneAfterTheOther() {
    Workspace first = pool.lend(small, workspace -> workspace);

    assertThat(pool.<Workspace>lend(small, workspace -> workspace)).isSameAs(first);
    assertThat(pool.<Workspace>lend(large, workspace -> workspace)).isNotSameAs(first);
  }

  @Test
  void twoTasksAtOnceHaveTheirOwn() {
    boolean same = pool.lend(small, outer -> pool.<Boolean>lend(small, inner -> inner == outer));

    assertThat(same).isFalse();
  }

  @Test
  void idleOnesBeyondTheMaximumAreFreed() {
    Workspace first = pool.lend(small, workspace -> workspace);
    assertThat(first.nativeBytes()).isPositive();

    pool.<Workspace>lend(large, workspace -> workspace);

    assertThat(first.nativeBytes()).isZero();
  }

  @Test
  void idleOnesOfAllButTheTwoKeysLentLastAreFreed() {
    var roomy = new WorkspacePool(8);
    Workspace first = roomy.lend(small, workspace -> workspace);
    Workspace second = roomy.lend(large, workspace -> workspace);
    roomy.<Workspace>lend(small, workspace -> workspace);

    roomy.<Workspace>lend(key(4), workspace -> workspace);

    assertThat(second.nativeBytes()).isZero();
    assertThat(roomy.<Workspace>lend(small, workspace -> workspace)).isSameAs(first);
  }

  @Test
  void workspaceOfAFailedTaskIsFreedNotLentAgain() {
    var lent = new Workspace[1];

    assertThatThrownBy(
            () ->
                pool.lend(
                    small,
                    workspace -> {
                      lent[0] = workspace;
                      throw new IllegalStateException("fault");
                    }))
        .hasMessage("fault");
    assertThat(lent[0].nativeBytes()).isZero();
  }

  @Test
  void slotsOfOneUseDoNotReachTheNext() {
    int length =
        pool.lend(
            small,
            workspace -> {
              int n = workspace.network().parameters().values().length();
              workspace.slots(1).get(0).write(0, filled(n), 0, n);
              return n;
            });

    float[] fresh = pool.lend(small, w -> w.slots(1).get(0).toArray());

    assertThat(fresh).isEqualTo(new float[length]);
  }

  private static float[] filled(int length) {
    var values = new float[length];
    Arrays.fill(values, 1f);
    return values;
  }
}
