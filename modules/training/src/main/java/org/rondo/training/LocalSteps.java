package org.rondo.training;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Loss;
import org.rondo.models.Network;
import org.rondo.training.optimizers.OptimizerStep;
import org.rondo.training.optimizers.Schedule;
import org.rondo.training.sync.Exchange;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.workspace.Workspace;

/**
 * Takes the optimizer's step after every minibatch that has a target, from the common parameters or
 * the shard's own.
 */
final class LocalSteps implements Learner {
  private final Workspace workspace;
  private final Round round;
  private final int shard;
  private final SlotPolicy policy;
  private final Schedule schedule;
  private final OptimizerStep step;
  private final List<NativeBuffer> slots;
  private final long age;
  private final float[] start;
  private float[] progress = {};
  private int taken;

  LocalSteps(Workspace workspace, Round round, WorkerState before, float[] common) {
    this.workspace = workspace;
    this.round = round;
    shard = before.shard();
    policy = round.plan().sync().slots();
    schedule = round.plan().schedule();
    step = new OptimizerStep(round.plan().update(), workspace.passes());
    start = start(before.parameters(), common);
    workspace.setParameters(start);
    slots = workspace.slots(step.slots());
    age = fillSlots(before, common);
  }

  /** The shard's own parameters where it has some, or the common ones and its own progress. */
  private float[] start(float[] own, float[] common) {
    if (own.length == 0) {
      return common;
    }
    if (exchange() == Exchange.NOTHING) {
      return own;
    }
    var sum = new float[own.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = common[i] + own[i];
    }
    return sum;
  }

  /**
   * Loads the slots, which are zero.
   *
   * @return steps that made them what they are
   */
  private long fillSlots(WorkerState before, float[] common) {
    int length = workspace.parameterCount();
    return switch (policy) {
      case KEEP -> {
        for (int i = 0; i < before.slots().size(); i++) {
          slots.get(i).write(0, before.slots().get(i), 0, length);
        }
        yield before.steps() - before.idle();
      }
      case AVERAGE -> {
        for (int i = 0; i < slots.size(); i++) {
          slots.get(i).write(0, common, (i + 1) * length, length);
        }
        yield round.firstStep() - before.idle();
      }
      case RESET -> 0;
    };
  }

  @Override
  public boolean learn(long minibatch, Loss loss, double norm, double rate) {
    Network network = workspace.network();
    var target = new OptimizerStep.Target(network.parameters().values(), slots);
    double scheduled = schedule.rate(minibatch, round.learningRateScale());
    taken++;
    boolean clipped = step.take(target, network.gradient(), norm, rate * scheduled, age + taken);
    network.parametersChanged();
    return clipped;
  }

  @Override
  public float[] contribution() {
    if (exchange() == Exchange.NOTHING && shard > 0) {
      return new float[0];
    }
    if (exchange() == Exchange.PROGRESS) {
      progress = workspace.network().parameters().toArray();
      for (int i = 0; i < progress.length; i++) {
        progress[i] -= start[i];
      }
      return progress;
    }
    int length = workspace.parameterCount();
    int vectors = policy == SlotPolicy.AVERAGE ? 1 + slots.size() : 1;
    var values = new float[vectors * length];
    workspace.network().parameters().values().read(0, values, 0, length);
    for (int i = 1; i < vectors; i++) {
      slots.get(i - 1).read(0, values, i * length, length);
    }
    return values;
  }

  @Override
  public List<float[]> slots() {
    var carried = new ArrayList<float[]>();
    if (policy == SlotPolicy.KEEP) {
      slots.forEach(slot -> carried.add(slot.toArray()));
    }
    return carried;
  }

  @Override
  public float[] parameters() {
    return exchange() == Exchange.NOTHING ? workspace.network().parameters().toArray() : progress;
  }

  private Exchange exchange() {
    return round.plan().sync().exchange();
  }
}
