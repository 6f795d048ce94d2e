package org.rondo.tasks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;

/**
 * A task that was fitted to training rows: it knows vocabularies, labels and scales. Immutable. Its
 * JSON is the {@code features.json} of a checkpoint, and is all that predicting needs beside the
 * network.
 */
public interface Features {
  /** Name of the file that holds {@link #toJson}, in a dataset and in a checkpoint. */
  String FILE = "features.json";

  /** The name of the {@link Task}. */
  String task();

  /** Versioned JSON that {@link Task#features} reads, in this and later versions. */
  String toJson();

  /** What its sequences are made of. */
  SequenceShape shape();

  /**
   * One row as a sequence, with its targets where the row has them. A pure function but for what it
   * counts.
   *
   * @param counts is told what is worth a word to a person, such as unknown words and cut rows
   * @throws BadExampleException if the row cannot be used; then nothing of it is counted
   */
  Sequence encode(Example row, Counts counts);

  /** As {@link #encode(Example, Counts)}, without counts. */
  default Sequence encode(Example row) {
    return encode(row, new Counts());
  }

  /**
   * The network for it.
   *
   * @param stack its recurrent layers
   * @throws IllegalArgumentException if the layers do not suit the task
   */
  NetworkSpec network(RecurrentStack stack, TaskSettings settings);

  /**
   * The same, which predict as some keys say: those of {@link Task#keysOfPrediction}.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  default Features predicting(TaskSettings settings) {
    return this;
  }

  /** The same, which also tell how predictions come about, for a person who looks at a few. */
  default Features explaining() {
    return this;
  }

  /** The network that predicts: the trained one, of the same parameters, with another search. */
  default NetworkSpec searching(NetworkSpec network) {
    return network;
  }

  /**
   * Roles of columns that the task calls optional and that these features read: the training rows
   * had them, and so must every row.
   */
  default Set<String> inputs() {
    return Set.of();
  }

  /** How the windows were cut that it was fitted to; empty where rows are no windows. */
  default Optional<WindowPlan> windows() {
    return Optional.empty();
  }

  /**
   * How events are scored, where the task remembers more of a key than the network does; empty
   * where an event is encoded and decoded as a row.
   */
  default Optional<EventFeatures> events() {
    return Optional.empty();
  }

  /** How its forecasts stand among the numbers that the network predicts; empty of other tasks. */
  default Optional<ForecastLayout> forecasts() {
    return Optional.empty();
  }

  /** How the texts that it writes are compared with right ones; empty where it writes none. */
  default Optional<TextComparison> texts() {
    return Optional.empty();
  }

  /**
   * What draws its predictions for a person; empty where there is nothing to draw.
   *
   * @param settings its keys
   */
  default Optional<Illustrator> illustrator(TaskSettings settings) {
    return Optional.empty();
  }

  /** What is measured; the first decides which parameters are best. */
  List<Metric> metrics();

  /** Names of the network's classes, in their order; empty where it predicts no classes. */
  default List<String> labels() {
    return List.of();
  }

  /**
   * The same, which predict with the help of a language model: see {@link Task#languageModel}.
   *
   * @throws IllegalArgumentException if the model does not know what is predicted
   */
  default Features with(LanguageModel model) {
    throw new ValueException("task", task(), "has no use for a language model");
  }

  /** Turns predictions into columns. */
  Decoder decoder();

  /** As {@link #decoder()}, of one that may run networks of its own; to be closed. */
  default Decoder decoder(Kernels kernels) {
    return decoder();
  }

  /** One line for a person on what was found, such as the labels and the vocabulary. */
  String summary();
}
