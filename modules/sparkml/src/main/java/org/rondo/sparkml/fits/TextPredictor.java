package org.rondo.sparkml.fits;

import java.io.Serializable;
import java.util.List;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.evaluation.Generator;
import org.rondo.frames.predict.HeldByTask;
import org.rondo.frames.predict.ShippedNetwork;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Network;
import org.rondo.tasks.TextScorer;

/**
 * A language model that takes texts one by one, inside a function of the caller's: it goes with the
 * tasks, each executor has the parameters once, and a task opens the network at its first text.
 */
public final class TextPredictor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShippedNetwork network;
  private final String vocabulary;
  private final HeldByTask<TextScorer> scorer = new HeldByTask<>();
  private final HeldByTask<Network> writer = new HeldByTask<>();
  private transient Vocabulary read;

  TextPredictor(ShippedNetwork network, Vocabulary vocabulary) {
    this.network = network;
    this.vocabulary = vocabulary.toJson();
  }

  private Vocabulary vocabulary() {
    if (read == null) {
      read = Vocabulary.fromJson(vocabulary);
    }
    return read;
  }

  /** The mean loss per token, in nats. */
  public double loss(String text) {
    return scorer.with(
        this::openScorer, TextScorer::close, opened -> opened.losses(List.of(text))[0]);
  }

  /** Perplexity, exp(loss). */
  public double perplexity(String text) {
    return StrictMath.exp(loss(text));
  }

  /** A prompt and what the network writes after it, as a model gives it. */
  public String generate(String prompt, int tokens, double temperature, long seed) {
    var plan = new GenerationPlan(tokens, temperature, 0, 1, seed);
    return writer.with(
        this::openWriter,
        Network::close,
        opened -> new Generator(opened, vocabulary()).generate(prompt, plan));
  }

  private TextScorer openScorer() {
    return network.open(
        "scoring",
        (spec, parameters, kernels, precision) ->
            new TextScorer(vocabulary(), spec, parameters, kernels, precision, 1));
  }

  private Network openWriter() {
    return network.open(
        "generating",
        (spec, parameters, kernels, precision) -> {
          Network opened = Network.forEvaluation(spec, kernels, precision, 1, 1);
          opened.parameters().set(parameters);
          opened.parametersChanged();
          return opened;
        });
  }
}
