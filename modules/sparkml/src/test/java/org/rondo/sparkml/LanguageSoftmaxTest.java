package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.sparkml.fits.LanguageNetwork;
import org.rondo.sparkml.fits.TrainingSummary;
import org.rondo.training.checkpoint.Checkpoint;

class LanguageSoftmaxTest {
  private static RnnLanguageModel language() {
    return RnnLanguageModelTest.language().setMaxIter(3);
  }

  private static double loss(RnnLanguageModelModel model, Dataset<Row> rows) {
    return model.transform(rows).agg(functions.avg("loss")).first().getDouble(0);
  }

  private static NetworkSpec saved(Path folder) {
    var place = new org.apache.hadoop.fs.Path(folder.resolve("checkpoint").toString());
    return Checkpoint.open(place, new Configuration()).network();
  }

  @Test
  void eachSoftmaxLearnsAndIsSaved(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Sayings.frame(60);
    Map<RnnLanguageModel, Map<String, String>> learners =
        Map.of(
            language().setTied(true), Map.of("tied", "true"),
            language().setTied(true).setSamples(9), Map.of("tied", "true", "samples", "9"),
            language().setCutoffs(8, 14), Map.of("cutoffs", "8, 14"));
    learners.forEach(
        (learner, options) -> {
          Path place = folder.resolve(learner.uid());
          RnnLanguageModelModel model = learner.fit(rows);
          try {
            learner.save(place + "-estimator");
            model.save(place.toString());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          assertThat(saved(place).head().options().values()).isEqualTo(options);
          List<TrainingSummary.Epoch> epochs = model.summary().epochs();
          assertThat(epochs.get(2).validationLoss()).isLessThan(epochs.get(0).validationLoss());
          RnnLanguageModel again = RnnLanguageModel.load(place + "-estimator");
          assertThat(again.getTied()).isEqualTo(learner.getTied());
          assertThat(again.getCutoffs()).isEqualTo(learner.getCutoffs());
          assertThat(again.getSamples()).isEqualTo(learner.getSamples());
          assertThat(loss(RnnLanguageModelModel.load(place.toString()), rows))
              .isEqualTo(loss(model, rows));
        });
  }

  @Test
  void sparseAdamLeavesTokensAlone() {
    Dataset<Row> rows = Sayings.frame(60);
    RnnLanguageModelModel sparse = language().setMaxIter(1).setSolver("sparse-adam").fit(rows);
    RnnLanguageModelModel dense = language().setMaxIter(1).fit(rows);
    assertThat(sparse.summary().parametersSha256())
        .isNotEqualTo(dense.summary().parametersSha256());
    assertThatThrownBy(() -> language().setSolver("adm")).hasMessageContaining("solver");
  }

  @Test
  void aDocumentIsLearnedByItself(@TempDir Path folder) throws Exception {
    RnnLanguageModelModel model = language().setReset("document").fit(Sayings.frame(60));
    model.save(folder.resolve("model").toString());
    int start = saved(folder.resolve("model")).documentStart();
    assertThat(model.vocabulary()[start]).isEqualTo("<eos>");
    Dataset<Row> wordy = Sayings.frame(60).selectExpr("concat('film film ', text) AS text");
    assertThatThrownBy(() -> language().setReset("document").setMinCount(70).fit(wordy))
        .hasMessageMatching(
            "reset = document: the end of a line, which begins a document, is not among the \\d+ tokens of the vocabulary: lower minCount or raise vocabSize");
  }

  @Test
  void paramsThatDoNotGoTogetherAreRefusedByTheSchema() {
    assertRefused(
        language().setTied(true).setCutoffs(8, 14),
        "cutoffs = 8, 14: not beside tied = true, for the clusters of an adaptive softmax are narrower than the embedding");
    assertRefused(
        language().setSamples(9),
        "samples = 9: needs tied = true, for a sampled softmax shares the embedding");
    assertRefused(
        language().setSamples(9).setCutoffs(8),
        "samples = 9: not beside cutoffs, for a softmax is either sampled or adaptive");
    assertRefused(
        language().setSolver("sparse-adam").setSynchronizer("gradient"),
        "solver = sparse-adam: not beside synchronizer = gradient, whose one step is by the mean gradient of all workers, which leaves no token alone: set it to adam");
    for (int[] wrong : List.of(new int[] {0}, new int[] {14, 8}, new int[] {8, 8})) {
      assertThatThrownBy(() -> language().setCutoffs(wrong)).hasMessageContaining("cutoffs");
    }
    assertThatThrownBy(() -> language().setReset("line")).hasMessageContaining("reset");
    var cell = new CellSpec("lstm", 12, new Options(Map.of("projection", "8")));
    assertThatThrownBy(
            () -> new LanguageNetwork(RecurrentStack.of(cell, 1, 0), language().setTied(true)))
        .hasMessage(
            "tied = true: the softmax over the 8 outputs of cell lstm cannot share an embedding of 12 columns");
  }

  private static void assertRefused(RnnLanguageModel model, String message) {
    assertThatThrownBy(() -> model.transformSchema(Sayings.SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
