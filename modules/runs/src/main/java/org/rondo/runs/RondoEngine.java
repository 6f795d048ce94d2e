package org.rondo.runs;

import com.google.auto.service.AutoService;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.TrainingResult;
import org.rondo.models.NetworkSpec;
import org.rondo.training.TrainingPlan;

/** Rondo's own workers, on the carrier that it is given. */
@AutoService(Engine.class)
public final class RondoEngine implements Engine {
  static final String NAME = "rondo";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(NetworkSpec network, TrainingPlan plan) {
    // What a plan can say, this engine can do.
  }

  @Override
  public void checkStart(TrainingRun.Beginning beginning, boolean onSpark) {
    // All are its own.
  }

  @Override
  public TrainingResult train(Work work) {
    var trainer =
        new DistributedTrainer(
            work.carrier(), work.output(), work.owner(), work.listener(), work.stop());
    work.initial().ifPresent(trainer::beginningWith);
    return switch (work.beginning()) {
      case FRESH -> trainer.train();
      case RESUMED -> trainer.resume();
      case RESHARDED -> trainer.resumeResharded();
    };
  }
}
