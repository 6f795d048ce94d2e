package org.rondo.cli;

import org.rondo.evaluation.DynamicEvaluation;
import org.rondo.evaluation.NeuralCache;
import org.rondo.evaluation.PartEvaluator;
import org.rondo.runs.SettingsException;
import org.rondo.training.TrainingPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a language model adapts to the text that it is measured on. */
final class AdaptationOptions {
  @Option(
      names = "--cache",
      paramLabel = "N",
      description = "Tokens of each stream in a neural cache, such as 500; 0, as by default: none.")
  private int cache;

  @Option(
      names = "--cache-flatness",
      paramLabel = "X",
      defaultValue = "0.662",
      description =
          "How sharply the cache prefers states like the present one (theta); by default ${DEFAULT-VALUE}.")
  private double flatness;

  @Option(
      names = "--cache-weight",
      paramLabel = "X",
      defaultValue = "0.1279",
      description =
          "Share of the probability that the cache gives (lambda); by default ${DEFAULT-VALUE}.")
  private double weight;

  @Option(
      names = "--dynamic",
      paramLabel = "RATE",
      description =
          "Goes on learning from the text at that rate (dynamic evaluation); 0, as by default: not.")
  private double dynamic;

  @Option(
      names = "--dynamic-decay",
      paramLabel = "X",
      defaultValue = "0.001",
      description =
          "Share of the way back to the trained parameters in each step; by default ${DEFAULT-VALUE}.")
  private double decay;

  @Option(
      names = "--dynamic-steps",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Tokens of each stream before each step of learning; by default ${DEFAULT-VALUE}.")
  private int steps;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** How parts are measured. */
  PartEvaluator evaluator() {
    if (cache != 0 && dynamic != 0) {
      throw new SettingsException("--cache and --dynamic are both given; choose one");
    }
    requireUsed(cache != 0, "--cache", "--cache-weight", "--cache-flatness");
    requireUsed(dynamic != 0, "--dynamic", "--dynamic-decay", "--dynamic-steps");
    if (cache != 0) {
      return new NeuralCache(cache, flatness, weight);
    }
    return dynamic != 0 ? new DynamicEvaluation(dynamic, decay) : PartEvaluator.PLAIN;
  }

  /** That options are not given beside one that is not, without which they mean nothing. */
  private void requireUsed(boolean used, String option, String... constants) {
    for (String constant : constants) {
      if (!used && spec.commandLine().getParseResult().hasMatchedOption(constant)) {
        throw new SettingsException(constant + " is given without " + option + "; give both");
      }
    }
  }

  /** The plan with minibatches of as many steps as are learned from at once. */
  TrainingPlan plan(TrainingPlan plan) {
    return dynamic == 0
        ? plan
        : plan.with(p -> p.varied(false).batch(plan.rounds().batch(), steps));
  }

  /** That neither is asked for, of rows. */
  void requireNone() {
    if (cache != 0 || dynamic != 0) {
      throw new SettingsException("--cache and --dynamic are for task = language-model");
    }
  }
}
