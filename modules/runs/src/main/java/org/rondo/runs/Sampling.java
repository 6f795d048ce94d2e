package org.rondo.runs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.evaluation.Generator;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.runs.report.RunLog;
import org.rondo.training.ProcessMemory;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.workspace.KernelPlan;

/**
 * Lets a trained network write, in this process. It is read once, so that it goes on writing after
 * its checkpoint was moved or replaced.
 */
public final class Sampling {
  private static final int MOST_SHOWN = 10;

  private static final String BETWEEN_SAMPLES = "\n----\n";

  private final NetworkSpec spec;
  private final Vocabulary vocabulary;
  private final float[] parameters;

  private Sampling(Checkpoint checkpoint) {
    spec = checkpoint.network();
    ProcessMemory.requireGeneration(spec);
    vocabulary = checkpoint.vocabulary();
    parameters = checkpoint.parameters();
  }

  /**
   * By the network of a checkpoint.
   *
   * @throws org.rondo.training.storage.CheckpointException if a file of it is missing or damaged
   * @throws IllegalArgumentException if this process has too little memory for it
   */
  public static Sampling of(Checkpoint checkpoint) {
    if (!checkpoint.holds(Checkpoint.VOCABULARY)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "the checkpoint %s is of no language model, so it cannot write; rondo predict uses it on rows",
              checkpoint.folder().uri()));
    }
    return new Sampling(checkpoint);
  }

  /** What the network does not know of the configuration's prime, in one sentence. */
  public Optional<String> remark(Plans plans) {
    List<String> unknown = Generator.unknown(plans.prime(), vocabulary);
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = unknown.subList(0, Math.min(unknown.size(), MOST_SHOWN));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: the vocabulary lacks %s of the prime, read as %s: %s%s",
            Counted.of(unknown.size(), "token"),
            Vocabulary.UNKNOWN,
            RunLog.json(shown),
            shown.size() < unknown.size() ? " and others" : ""));
  }

  /** The configuration's prime and what the network adds to it. */
  public String text(Plans plans) {
    var text = new StringBuilder();
    write(plans, text::append);
    return text.toString();
  }

  /**
   * As {@link #text}, piece by piece as it is written, one sample after the other.
   *
   * @param pieces takes them in order
   */
  public void write(Plans plans, Consumer<String> pieces) {
    // One token at a time gains nothing that would be worth other text on other machines.
    write(plans.prime(), plans.generation(), plans.kernels().decided(false), pieces);
  }

  /**
   * The prime and what the network adds to it, computed in float32.
   *
   * @param prime text to go on from; may be empty
   */
  public String text(String prime, GenerationPlan generation) {
    var text = new StringBuilder();
    write(prime, generation, KernelPlan.of("float32"), text::append);
    return text.toString();
  }

  private void write(
      String prime, GenerationPlan generation, KernelPlan kernels, Consumer<String> pieces) {
    try (Network network =
        Network.forEvaluation(spec, kernels.choose(), kernels.elementType(), 1, 1)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      var generator = new Generator(network, vocabulary);
      for (int sample = 0; sample < generation.samples(); sample++) {
        if (sample > 0) {
          pieces.accept(BETWEEN_SAMPLES);
        }
        generator.write(prime, generation, sample, pieces);
      }
    }
  }
}
