package org.rondo.training;

import java.util.Locale;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.HiddenState;
import org.rondo.models.Loss;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.Clipping;
import org.rondo.training.optimizers.NonFinite;
import org.rondo.training.storage.Require;
import org.rondo.training.sync.Exchange;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.Workspace;
import org.rondo.training.workspace.WorkspacePool;

/**
 * Trains one shard for one round by truncated backpropagation through time: k minibatches from the
 * common parameters and the shard's carried state. What becomes of their gradients is a {@link
 * Learner}'s.
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
  private final float[] common;
  private final Learner learner;
  private final HiddenState hidden;
  private final Shard.Reader reader;
  private final WorkerReport report;
  private final CounterRandom random;
  private long steps;
  private long idle;

  private Worker(
      Workspace workspace, float[] common, WorkerState before, Shard shard, Round round) {
    this.workspace = workspace;
    this.common = common;
    this.round = round;
    this.shard = shard;
    clipping = new Clipping(round.plan().update().clip(), workspace.passes());
    learner =
        round.plan().sync().exchange() == Exchange.GRADIENTS
            ? new GradientMean(workspace, round, common)
            : new LocalSteps(workspace, round, before, common);
    hidden = workspace.network().newState();
    requireFits(before);
    System.arraycopy(before.hidden(), 0, hidden.values(), 0, before.hidden().length);
    reader = shard.reader();
    report = new WorkerReport(before.shard());
    random = CounterRandom.of(round.plan().seed()).derive("dropout").derive(before.shard());
    steps = before.steps();
    idle = before.idle();
  }

  /**
   * A state comes from a file; the beginning of that was checked, the length of each vector not.
   */
  private void requireFits(WorkerState before) {
    requireLength(before, "hidden state", before.hidden(), hidden.values().length);
    requireLength(before, "parameters", before.parameters(), workspace.parameterCount());
    for (float[] slot : before.slots()) {
      requireLength(before, "optimizer's slot", slot, workspace.parameterCount());
    }
  }

  private static void requireLength(WorkerState of, String what, float[] values, int expected) {
    Require.intact(
        values.length == 0 || values.length == expected,
        String.format(
            Locale.ROOT,
            "the state of shard %d does not fit: its %s holds %d values, the network needs %d",
            of.shard(),
            what,
            values.length,
            expected));
  }

  /**
   * Trains {@link Round#minibatches} minibatches, or none while other shards warm up.
   *
   * @param common where every shard of the round starts: the parameters, behind them averaged
   *     slots; not modified
   * @param before the shard's carried state; not modified
   * @throws IngestException if the shard is damaged or holds what the network does not take
   * @throws TrainingException if a loss, a gradient or a parameter is no finite number, or if this
   *     machine's kernels are not the driver's
   */
  public static WorkerResult work(float[] common, WorkerState before, Shard shard, Round round) {
    if (!round.trains(before.shard())) {
      return new WorkerResult(before, new float[0], new WorkerReport(before.shard()));
    }
    return WorkspacePool.shared()
        .lend(
            round.workspace(),
            workspace -> {
              String where =
                  String.format(Locale.ROOT, "round %d, shard %d", round.number(), before.shard());
              KernelAgreement.requireSame(
                  round.plan().kernels(), workspace.fingerprint(), round.fingerprint(), where);
              return new Worker(workspace, common, before, shard, round).run();
            });
  }

  private WorkerResult run() {
    for (int i = 0; i < round.minibatches(); i++) {
      trainMinibatch(round.firstStep() + i);
    }
    float[] contribution = learner.contribution();
    float[] own = learner.parameters();
    // The mean of gradients whose norms are finite is so too.
    if (round.plan().sync().exchange() != Exchange.GRADIENTS) {
      requireFinite(own.length > 0 ? own : contribution);
    }
    var after = new WorkerState(report.shard(), steps, idle, hidden.values(), learner.slots(), own);
    SyncPlan sync = round.plan().sync();
    return new WorkerResult(
        after, sync.wire().rounded(contribution, common, sync.exchange()), report);
  }

  /**
   * Trains the shard's next minibatch. One without any target has nothing to teach: the hidden
   * state goes on, parameters and optimizer stay.
   *
   * @param step minibatches per shard that the run trained before
   */
  private void trainMinibatch(long step) {
    if (shard.startsSequence(steps)) {
      hidden.reset();
    }
    Loss loss = lossAndGradient(step);
    double norm = clipping.norm(workspace.network().gradient());
    if (!Double.isFinite(loss.sum()) || !Double.isFinite(norm)) {
      throw diverged(loss, norm, step);
    }
    boolean learns = loss.tokens() > 0;
    double rate = round.plan().rounds().rateOf(shard.steps(steps));
    boolean clipped = learns && learner.learn(step, loss, norm, rate);
    idle += learns ? 0 : 1;
    report.addMinibatch(loss.sum(), loss.tokens(), norm, clipped);
    RoundActivity.trained(round.number());
    steps++;
  }

  /** What does not fit the network comes from the data, which nobody looked through before. */
  private Loss lossAndGradient(long step) {
    int length = shard.steps(steps);
    Network network = workspace.network().forSteps(length);
    Minibatch minibatch = workspace.minibatch(length);
    CounterRandom dropout = random.derive(step);
    try {
      reader.fill(minibatch, steps);
      if (measuresGradients()) {
        report.setGradientFlow(network.gradientFlow(minibatch, hidden, dropout, step));
      }
      return network.lossAndGradient(minibatch, hidden, dropout, step);
    } catch (IngestException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "round %d, shard %d, minibatch %d: %s",
              round.number(),
              report.shard(),
              report.minibatches() + 1,
              e.getMessage()),
          e);
    }
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

  private TrainingException diverged(Loss loss, double norm, long step) {
    Network network = workspace.network();
    ParameterLayout layout = network.parameters().layout();
    String where =
        NonFinite.parameter(layout, network.parameters().toArray())
            .map(found -> "before the step " + found)
            .orElseGet(
                () -> NonFinite.gradient(layout, network.gradient().values(), workspace.passes()));
    String what =
        String.format(
            Locale.ROOT,
            "minibatch %d, shard %d: mean loss %s nats, gradient norm %s; %s%s",
            report.minibatches() + 1,
            report.shard(),
            loss.mean(),
            norm,
            where,
            Divergence.ofValues(workspace.minibatch(shard.steps(steps))));
    return step == 0 ? Divergence.beforeAnyStep(round, what) : Divergence.in(round, step, what);
  }

  /** A gradient may be finite and the step it makes too long. */
  private void requireFinite(float[] parameters) {
    NonFinite.parameter(workspace.network().parameters().layout(), parameters)
        .ifPresent(
            found -> {
              throw Divergence.in(
                  round,
                  round.lastStep(),
                  String.format(
                      Locale.ROOT,
                      "shard %d: after minibatch %d %s",
                      report.shard(),
                      report.minibatches(),
                      found));
            });
  }
}
