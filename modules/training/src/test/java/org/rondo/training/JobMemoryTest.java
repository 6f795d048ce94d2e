package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.KernelPlan;
import org.rondo.training.workspace.Workspace;
import org.rondo.training.workspace.WorkspaceKey;

class JobMemoryTest {
  private static final List<Integer> STEPS = List.of(20);
  private static final NetworkSpec NETWORK = RecurrentStack.languageModel(2000, "lstm", 1, 128, 0);

  private static TrainingPlan plan(String precision) {
    return TinyJob.plan(3, "adam").with(p -> p.kernels(KernelPlan.of(precision)));
  }

  static List<List<Integer>> numbersOfSteps() {
    return List.of(STEPS, List.of(4, 9, 20));
  }

  @ParameterizedTest
  @MethodSource("numbersOfSteps")
  void aTaskIsSaidToTakeWhatItsWorkspaceTakes(List<Integer> steps) {
    TrainingPlan plan = plan("float32");
    JobMemory memory = JobMemory.of(NETWORK, plan, steps);

    var key =
        new WorkspaceKey(NETWORK.toJson(), plan.kernels(), steps, plan.rounds().batch(), true);
    int slots = Optimizer.named(plan.update().optimizer().name()).slots();
    try (var workspace = new Workspace(key)) {
      workspace.slots(slots);
      // A tenth is added for products, which differ between machines.
      assertThat((double) workspace.nativeBytes() / memory.training()).isBetween(0.8, 1.05);
    }
  }

  @Test
  void anUndecidedPrecisionTakesTheDearerOne() {
    assertThat(JobMemory.of(NETWORK, plan("auto"), STEPS).training())
        .isEqualTo(
            Math.max(
                JobMemory.of(NETWORK, plan("float32"), STEPS).training(),
                JobMemory.of(NETWORK, plan("bfloat16"), STEPS).training()));
  }

  @Test
  void slotsOfTheOptimizerLieWhereItSteps() {
    TrainingPlan local = plan("float32");
    TrainingPlan global = local.with(p -> p.sync(SyncPlan.of("gradient", 3)));
    long parameters = Network.layout(NETWORK).length() * (long) Float.BYTES;

    JobMemory onShards = JobMemory.of(NETWORK, local, STEPS);
    JobMemory onDriver = JobMemory.of(NETWORK, global, STEPS);

    assertThat(onShards.training() - onDriver.training()).isGreaterThanOrEqualTo(2 * parameters);
    assertThat(onDriver.driver() - onShards.driver()).isGreaterThanOrEqualTo(4 * parameters);
  }

  @Test
  void anExecutorKeepsAWorkspaceOfEachKindPerTaskButNotForMoreTasksThanThereAre() {
    var memory = new JobMemory(4, 100, 10, 5);
    assertThat(memory.ofTasks(1)).isEqualTo(110);
    assertThat(memory.ofTasks(4)).isEqualTo(440);
    assertThat(memory.ofTasks(16)).isEqualTo(440);
  }
}
