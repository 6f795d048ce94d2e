package org.rondo.training;

import java.util.ArrayList;
import java.util.List;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.HiddenState;
import org.rondo.models.Loss;
import org.rondo.models.Network;
import org.rondo.models.Parameters;

/**
 * Trains one shard for one round by truncated backpropagation through time: k minibatches from the
 * round's common parameters and the shard's carried state.
 *
 * <p>A pure function of its arguments: it reads no clock and keeps nothing, so a task may run
 * twice, elsewhere or late.
 *
 * @see <a href="https://doi.org/10.1162/neco.1990.2.4.490">Williams and Peng 1990</a> on truncation
 */
public final class Worker {
  private final Workspace workspace;
  private final Round round;
  private final Shard shard;
  private final Clipping clipping;
  private final Optimizer optimizer;
  private final List<NativeBuffer> slots;
  private final HiddenState hidden;
  private final Shard.Reader reader;
  private final WorkerReport report;
  private final CounterRandom random;
  private long steps;

  private Worker(Workspace workspace, WorkerState before, Shard shard, Round round) {
    this.workspace = workspace;
    this.round = round;
    this.shard = shard;
    clipping = new Clipping(round.plan().update().clip(), workspace.passes());
    optimizer = Optimizer.named(round.plan().update().optimizer().name());
    slots = workspace.slots(optimizer.slots(), before.slots());
    hidden = workspace.network().newState();
    System.arraycopy(before.hidden(), 0, hidden.values(), 0, before.hidden().length);
    reader = shard.reader(round.plan().rounds().syncEvery());
    report = new WorkerReport(before.shard());
    random = CounterRandom.of(round.plan().seed()).derive("dropout").derive(before.shard());
    steps = before.steps();
  }

  /**
   * Trains {@link RoundPlan#syncEvery} minibatches.
   *
   * @param parameters where every shard of the round starts; not modified
   * @param before the shard's carried state; not modified
   * @throws TrainingException if a loss, a gradient or a parameter is no finite number, or if this
   *     machine's kernels are not the driver's
   */
  public static WorkerResult work(
      float[] parameters, WorkerState before, Shard shard, Round round) {
    return WorkspacePool.shared()
        .lend(
            round.workspace(),
            workspace -> {
              String where = "round %d, shard %d".formatted(round.number(), before.shard());
              round
                  .plan()
                  .kernels()
                  .requireSame(workspace.fingerprint(), round.fingerprint(), where);
              workspace.setParameters(parameters);
              return new Worker(workspace, before, shard, round).run();
            });
  }

  private WorkerResult run() {
    for (int i = 0; i < round.plan().rounds().syncEvery(); i++) {
      trainMinibatch();
    }
    var carried = new ArrayList<float[]>();
    slots.forEach(slot -> carried.add(slot.toArray()));
    var after = new WorkerState(report.shard(), steps, hidden.values(), carried);
    float[] parameters = workspace.network().parameters().toArray();
    requireFinite(parameters);
    return new WorkerResult(after, parameters, report);
  }

  private void trainMinibatch() {
    if (shard.startsAnew(steps)) {
      hidden.reset();
    }
    Network network = workspace.network();
    reader.fill(workspace.minibatch(), steps);
    if (measuresGradients()) {
      report.setGradientFlow(
          network.gradientFlow(workspace.minibatch(), hidden, random.derive(steps)));
    }
    Loss loss = network.lossAndGradient(workspace.minibatch(), hidden, random.derive(steps));
    double norm = clipping.norm(network.gradient());
    if (!Double.isFinite(loss.sum()) || !Double.isFinite(norm)) {
      throw diverged(loss, norm);
    }
    Clipping.Clipped clipped = clipping.clip(network.gradient(), norm);
    update(clipped.scale());
    report.addMinibatch(loss.sum(), loss.tokens(), norm, clipped.clipped());
    steps++;
  }

  /**
   * Once per round and by one shard: all begin the round with the same parameters, whose picture
   * this is.
   */
  private boolean measuresGradients() {
    return round.plan().diagnostics().gradients()
        && report.shard() == 0
        && report.minibatches() == 0;
  }

  private void update(float gradientScale) {
    Network network = workspace.network();
    double rate = Schedule.rate(round.plan(), steps, round.learningRateScale());
    var update =
        new Elementwise.Update(
            network.parameters().values(),
            network.gradient().values(),
            (float) rate,
            gradientScale);
    optimizer.update(
        new Optimizer.Step(
            round.plan().update().optimizer(),
            workspace.passes(),
            update,
            network.gradient(),
            slots,
            steps + 1));
    network.parametersChanged();
  }

  private TrainingException diverged(Loss loss, double norm) {
    Parameters parameters = workspace.network().parameters();
    String where =
        Divergence.ofParameters(parameters.layout(), parameters.toArray())
            .map(found -> "before the step " + found)
            .orElseGet(
                () ->
                    Divergence.ofGradient(
                        parameters.layout(),
                        workspace.network().gradient().values(),
                        workspace.passes()));
    return diverged(
        "minibatch %d, shard %d: mean loss %s nats, gradient norm %s; %s"
            .formatted(report.minibatches() + 1, report.shard(), loss.mean(), norm, where),
        steps);
  }

  /** A gradient may be finite and the step it makes too long. */
  private void requireFinite(float[] parameters) {
    Divergence.ofParameters(workspace.network().parameters().layout(), parameters)
        .ifPresent(
            found -> {
              throw diverged(
                  "shard %d: after minibatch %d %s"
                      .formatted(report.shard(), report.minibatches(), found),
                  steps - 1);
            });
  }

  private TrainingException diverged(String where, long step) {
    return new TrainingException(
        "training diverged in round %d, %s; learning rate %s; a smaller optimizer.learning_rate or train.clip_norm may help"
            .formatted(
                round.number(),
                where,
                Schedule.rate(round.plan(), step, round.learningRateScale())));
  }
}
