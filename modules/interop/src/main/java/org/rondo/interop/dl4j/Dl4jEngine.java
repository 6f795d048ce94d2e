package org.rondo.interop.dl4j;

import com.google.auto.service.AutoService;
import org.rondo.driver.TrainingResult;
import org.rondo.ingest.DataOrder;
import org.rondo.models.NetworkSpec;
import org.rondo.runs.Engine;
import org.rondo.runs.SettingsException;
import org.rondo.runs.TrainingRun;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.sync.GrowthPlan;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.WireFormat;

/**
 * DL4J's own parameter averaging on Spark, as reference and comparison: the configuration's
 * network, text, minibatches, optimizer and rounds, from the same parameters. Its checkpoint is
 * Rondo's, and so is the evaluation of its parameters.
 *
 * <p>It carries hidden state through the minibatches of a round, and begins each round with zeros.
 */
@AutoService(Engine.class)
public final class Dl4jEngine implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public void check(NetworkSpec network, TrainingPlan plan) {
    Dl4jLanguageModel.of(network, plan);
    SyncPlan sync = plan.sync();
    require(
        plan.kernels().precision().equals("float32"),
        "precision = " + plan.kernels().precision(),
        "float32");
    require(sync.name().equals(SyncPlan.AVERAGE.name()), "sync.name = " + sync.name(), "average");
    require(
        sync.growth().equals(GrowthPlan.NONE) && sync.warmUp() == 0,
        "rounds that grow or warm up",
        "sync.growth = 1.0 and sync.warm_up = 0");
    require(!sync.isDelayed(), "sync.delay = " + sync.delay(), "sync.delay = 0");
    require(sync.wire() == WireFormat.FLOAT32, "sync.wire = " + sync.wire().word(), "float32");
    require(
        plan.update().schedule().name().equals(SchedulePlan.CONSTANT)
            && plan.update().schedule().warmUp() == 0,
        "schedule of the learning rate",
        "schedule.name = constant and schedule.warm_up = 0");
    require(
        plan.data().order() == DataOrder.CONTIGUOUS,
        "data.order = " + plan.data().order().word(),
        "contiguous");
    require(!plan.rounds().varied(), "train.vary_unroll = true", "train.vary_unroll = false");
    require(
        plan.update().optimizer().weightDecay() == 0,
        "optimizer.weight_decay",
        "optimizer.weight_decay = 0.0");
    require(
        plan.evaluation().averageAfter() == 0,
        "evaluate.average_after",
        "evaluate.average_after = 0");
    require(
        plan.diagnostics().equals(DiagnosticsPlan.NONE),
        "diagnostics.gradients = true",
        "diagnostics.gradients = false");
  }

  private static void require(boolean condition, String what, String instead) {
    if (!condition) {
      throw Dl4jLanguageModel.missing(what, instead);
    }
  }

  @Override
  public void checkStart(TrainingRun.Beginning beginning, boolean onSpark) {
    if (!onSpark) {
      throw new SettingsException("engine = dl4j trains on Spark alone: leave --in-process away");
    }
    if (beginning != TrainingRun.Beginning.FRESH) {
      throw new SettingsException(
          "engine = dl4j cannot resume, since DL4J keeps no state of a run: leave --resume away");
    }
  }

  @Override
  public TrainingResult train(Work work) {
    return new Dl4jRun(work, work.spark().orElseThrow()).train();
  }
}
