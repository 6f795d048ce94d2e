package org.rondo.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rondo.driver.TrainingResult;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * What a run left behind.
 *
 * @param best the checkpoint with the best validation score, or, before the first evaluation, the
 *     newest
 * @param checkpoint its folder, as people write it
 * @param report the run's page, as people write it
 * @param unit of what was counted, in the singular
 * @param explosion a sentence, if the last validation loss is far above that of a guess
 */
public record RunOutcome(
    TrainingResult result,
    Checkpoint best,
    String checkpoint,
    String report,
    String unit,
    Optional<String> explosion) {
  /** Name and value of what scripts read; null where there is no number. */
  public Map<String, Object> figures() {
    var figures = new LinkedHashMap<String, Object>();
    ScoreFigures.putIfMeasured(figures, "validation_loss", result.scores(), "loss");
    ScoreFigures.putIfMeasured(figures, "perplexity", result.scores(), "perplexity");
    figures.putAll(ScoreFigures.of(result.scores()));
    figures.put("tokens_per_second", result.tokensPerSecond());
    figures.put("tokens", result.tokens());
    figures.put("rounds", result.rounds());
    figures.put("parameters_sha256", result.parametersSha256());
    figures.put("checkpoint", checkpoint);
    figures.put("report", report);
    return figures;
  }
}
