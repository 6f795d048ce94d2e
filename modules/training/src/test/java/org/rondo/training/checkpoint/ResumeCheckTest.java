package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.Carrier;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.RoundPlan;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;

class ResumeCheckTest {
  @TempDir Path folder;
  private final TrainingPlan plan = TinyJob.plan(2, "adam");
  private TrainingJob job;
  private Checkpoint checkpoint;

  @BeforeEach
  void writeACheckpoint() {
    job = TinyJob.of(folder, TinyJob.text(), plan);
    checkpoint = checkpointAfterRoundOne(job, "output");
  }

  private Checkpoint checkpointAfterRoundOne(TrainingJob of, String output) {
    var store = new CheckpointStore(TinyJob.storage("file", folder.resolve(output)));
    var writer =
        new CheckpointWriter(store, of, of.dataset().open(), TinyJob.FINGERPRINT, event -> {});
    try (Carrier carrier = new ThreadCarrier(of)) {
      writer.writeRound(
          RunState.initial().trained(0, 1, 1),
          CommonState.initial(of, Network.initialParameters(of.network(), 5)),
          carrier);
    }
    return store.latest().orElseThrow();
  }

  private List<String> check(TrainingJob now) {
    return ResumeCheck.warnings(checkpoint, now, now.dataset().open(), TinyJob.FINGERPRINT, false);
  }

  private List<String> check(TrainingPlan now) {
    return check(new TrainingJob(job.network(), now, job.dataset()));
  }

  private TrainingJob jobOn(String text) throws java.io.IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    return TinyJob.of(elsewhere, text, plan);
  }

  @Test
  void sameJobGoesOnWithoutAWarning() throws Exception {
    assertThat(check(plan)).isEmpty();
    assertThat(check(jobOn(TinyJob.text()))).as("a copy of the text").isEmpty();
  }

  @Test
  void otherVocabularyIsNotResumed() throws Exception {
    TrainingJob other = jobOn("xyz ".repeat(200));

    assertThatThrownBy(() -> check(other))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("vocabulary: that of the corpus")
        .hasMessageContaining("round-000001");
  }

  @Test
  void otherTrainingTextOfTheSameLengthIsNotResumed() throws Exception {
    TrainingJob other = jobOn(swapped(TinyJob.text(), 10));

    assertThatThrownBy(() -> check(other))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("resume: the train split of ")
        .hasMessageContaining("is another text");
  }

  @Test
  void otherValidationTextOfTheSameLengthIsNotResumed() throws Exception {
    TrainingJob other = jobOn(swapped(TinyJob.text(), TinyJob.text().length() - 10));

    assertThatThrownBy(() -> check(other))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("resume: the validation split of ");
  }

  @Test
  void theFirstLayerOfAnotherNetworkIsNamedInOneLine() {
    int vocabulary =
        Vocabulary.fromJson(job.dataset().open().dictionaries().get(Checkpoint.VOCABULARY)).size();
    NetworkSpec wider = RecurrentStack.languageModel(vocabulary, "lstm", 1, 99, 0);

    assertThatThrownBy(() -> check(new TrainingJob(wider, plan, job.dataset())))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resume: layer 1 of the network is embedding")
        .hasMessageContaining("99 units, the checkpoint")
        .extracting(Throwable::getMessage, STRING)
        .hasLineCount(1);
  }

  @Test
  void documentsThatBeginAnewAreNotResumedAsARunningText() {
    var resetting = new TrainingJob(job.network().startingDocumentsAt(1), plan, job.dataset());
    assertThatThrownBy(() -> check(resetting))
        .hasMessageContaining("resume: network.reset is document, the checkpoint")
        .hasMessageEndingWith("was trained with none");
    checkpoint = checkpointAfterRoundOne(resetting, "resetting");
    assertThat(check(resetting)).isEmpty();
    assertThatThrownBy(() -> check(plan))
        .hasMessageContaining("resume: network.reset is none, the checkpoint");
  }

  @Test
  void otherShardsAreNotResumed() {
    assertThatThrownBy(() -> check(TinyJob.plan(3, "adam")))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resume: shards is 3, the checkpoint")
        .hasMessageContaining("was trained with 2; --reshard goes on with 3 shards");
  }

  @Test
  void otherShardsThatAreAskedForAreAWarning() {
    var other = new TrainingJob(job.network(), TinyJob.plan(3, "adam"), job.dataset());

    assertThat(
            ResumeCheck.warnings(
                checkpoint, other, other.dataset().open(), TinyJob.FINGERPRINT, true))
        .singleElement()
        .asString()
        .startsWith("resharded after round 1, so bits will differ: shards was 2, now it is 3");
    assertThat(
            ResumeCheck.warnings(checkpoint, job, job.dataset().open(), TinyJob.FINGERPRINT, true))
        .as("the same number")
        .isEmpty();
  }

  @Test
  void otherSynchronizersAreNotResumedAndOtherConstantsAreAWarning() {
    assertThatThrownBy(() -> check(plan.with(p -> p.sync(SyncPlan.of("gradient", 2)))))
        .hasMessageContaining("resume: sync.name is gradient, the checkpoint");
    assertThatThrownBy(() -> check(plan.with(p -> p.sync(plan.sync().withSlots(SlotPolicy.RESET)))))
        .hasMessageContaining("resume: sync.slots is reset, the checkpoint");
    assertThatThrownBy(() -> check(plan.with(p -> p.sync(plan.sync().withDelay(1)))))
        .hasMessageContaining("resume: sync.delay is 1, the checkpoint");
    assertThat(check(plan.with(p -> p.sync(plan.sync().withWarmUp(3)))))
        .singleElement()
        .asString()
        .contains("sync was ", "warmUp=3");
  }

  @Test
  void otherEvaluationStreamsAreNotResumed() {
    TrainingPlan other = plan.with(p -> p.evaluation(new EvaluationPlan(2, 4, 1, 0)));

    assertThatThrownBy(() -> check(other))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resume: evaluate.streams is 4, the checkpoint");
  }

  @Test
  void whatChangesBitsAloneIsAWarning() {
    TrainingPlan other =
        plan.with(
            p ->
                p.update(
                    new UpdatePlan(
                        ClipPlan.ofNorm(9),
                        OptimizerPlan.of("adam", 0.5),
                        SchedulePlan.constant())));

    assertThat(check(other))
        .hasSize(2)
        .anyMatch(w -> w.contains("train.clip_norm was 0.3, now it is 9.0"))
        .anyMatch(w -> w.contains("optimizer was ") && w.contains("learningRate=0.5"));
    assertThat(ResumeCheck.warnings(checkpoint, job, job.dataset().open(), "others", false))
        .singleElement()
        .asString()
        .contains("resuming under other kernels");
  }

  @Test
  void otherEvaluationsAreAWarningWhereTheyDecide() {
    TrainingPlan decidedByThem = onPlateaus(plan);

    assertThat(check(plan.with(p -> p.evaluation(new EvaluationPlan(1, 2, 1, 0))))).isEmpty();
    assertThat(check(plan.with(p -> p.evaluation(new EvaluationPlan(1, 2, 1, 3)))))
        .containsExactly(
            "resuming with another plan, so the run may end after another round: evaluate.every"
                + " was 2, now it is 1",
            "resuming with another plan, so the run may end after another round:"
                + " early_stopping.patience was 0, now it is 3");
    assertThat(check(plan.with(p -> p.evaluation(new EvaluationPlan(2, 2, 1, 0, "", 5)))))
        .containsExactly(
            "resuming with another plan, so other parameters may be evaluated and kept:"
                + " evaluate.average_after was 0, now it is 5");
    assertThat(check(decidedByThem.with(p -> p.evaluation(new EvaluationPlan(1, 2, 1, 0)))))
        .hasSize(2)
        .anyMatch(w -> w.contains("schedule was "))
        .anyMatch(w -> w.endsWith("so bits will differ: evaluate.every was 2, now it is 1"));
  }

  @Test
  void anEvaluationBecauseARunEndedIsAWarningWhereEvaluationsDecide() {
    RoundPlan rounds = plan.rounds();
    var one = new RoundPlan(1, rounds.syncEvery(), rounds.batch(), rounds.unroll());

    assertThat(longerThan(plan.with(p -> p.rounds(one)), "any")).isEmpty();
    assertThat(longerThan(onPlateaus(plan.with(p -> p.rounds(one))), "plateaus"))
        .containsExactly(
            "going on after round 1, which was evaluated because it was the last, so bits will differ");
    assertThat(
            longerThan(
                plan.with(p -> p.rounds(one).evaluation(new EvaluationPlan(2, 2, 1, 3))),
                "patience"))
        .containsExactly(
            "going on after round 1, which was evaluated because it was the last, so the run may"
                + " end after another round");
  }

  private List<String> longerThan(TrainingPlan ended, String output) {
    var of = new TrainingJob(job.network(), ended, job.dataset());
    checkpoint = checkpointAfterRoundOne(of, output);
    return check(ended.with(p -> p.rounds(plan.rounds())));
  }

  private static TrainingPlan onPlateaus(TrainingPlan plan) {
    UpdatePlan update = plan.update();
    var plateau = new SchedulePlan("plateau", 1, 0.5, 0, 0, 1);
    return plan.with(p -> p.update(new UpdatePlan(update.clip(), update.optimizer(), plateau)));
  }

  /** The text with two different neighbours exchanged: same length, same vocabulary. */
  private static String swapped(String text, int from) {
    int at = from;
    while (text.charAt(at) == text.charAt(at + 1)) {
      at++;
    }
    var characters = new StringBuilder(text);
    characters.setCharAt(at, text.charAt(at + 1));
    characters.setCharAt(at + 1, text.charAt(at));
    return characters.toString();
  }
}
