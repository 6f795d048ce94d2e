package org.rondo.training;

import org.rondo.ingest.Corpus;
import org.rondo.ingest.CorpusFolder;
import org.rondo.ingest.DealtText;
import org.rondo.ingest.IngestException;
import org.rondo.models.NetworkSpec;

/**
 * What a carrier works on.
 *
 * @param network that is trained
 * @param plan how
 * @param corpus on what; opened by every machine that trains
 */
public record TrainingJob(NetworkSpec network, TrainingPlan plan, CorpusFolder corpus) {
  /**
   * The same with a precision that is no longer {@code auto}.
   *
   * @param bfloat16 whether every machine of the run multiplies bfloat16 at its speed
   */
  public TrainingJob decided(boolean bfloat16) {
    return new TrainingJob(network, plan.withKernels(plan.kernels().decided(bfloat16)), corpus);
  }

  /**
   * Checks that the text is long enough for the plan, and that its parts fit in memory where they
   * must.
   *
   * @param opened the job's corpus
   * @return what becomes of the training text
   * @throws IngestException saying how many tokens there are and how many are needed
   */
  public DealtText requireTokens(Corpus opened) {
    DealtText dealt = plan.data().order().deal(opened, plan.trainingText());
    long validation = opened.tokens(Corpus.VALIDATION);
    int streams = plan.evaluation().streams();
    if (validation <= streams) {
      throw new IngestException(
          "the validation split has %d tokens; evaluate.streams = %d needs at least %d"
              .formatted(validation, streams, streams + 1));
    }
    plan.data().order().requireParts(opened, plan.evaluatedText(Corpus.VALIDATION));
    return dealt;
  }
}
