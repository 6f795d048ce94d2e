package org.rondo.tasks.stream;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.heads.Pooling;
import org.rondo.models.layers.RunningPooling;

/** From a trained network to one that predicts while a sequence is still going on. */
public final class StreamedNetwork {
  private StreamedNetwork() {}

  /**
   * The network of the same parameters whose prediction after each step is that of the steps so
   * far. A head that pools by {@code mean} or {@code max} pools by {@code last} above a {@link
   * RunningPooling}.
   *
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why
   */
  public static NetworkSpec of(NetworkSpec spec) {
    Optional<LayerSpec> ahead = spec.layers().stream().filter(LayerSpec::looksAhead).findFirst();
    if (ahead.isPresent()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "the layer (%s) reads a sequence from its end too, and a stream has none; train a network of one direction",
              ahead.get()));
    }
    if (spec.head().head().looksAhead()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "the head %s chooses all predictions of a sequence together, later ones among them; train a head that predicts each step by itself, such as tagger",
              spec.head().type()));
    }
    String pooling = spec.head().options().values().getOrDefault(Pooling.OPTION, "last");
    return switch (pooling) {
      case "last", "none" -> spec;
      case "mean" -> running(spec, RunningPooling.Kind.MEAN);
      case "max" -> running(spec, RunningPooling.Kind.MAX);
      default ->
          throw refusal(
              String.format(
                  Locale.ROOT,
                  "the head pools by %s, which weighs all steps anew at every event; train with pooling = last, mean or max",
                  pooling));
    };
  }

  private static NetworkSpec running(NetworkSpec spec, RunningPooling.Kind kind) {
    var layers = new ArrayList<>(spec.layers());
    layers.add(new RunningPooling(kind));
    var options = new TreeMap<>(spec.head().options().values());
    options.put(Pooling.OPTION, "last");
    HeadSpec head = spec.head();
    return new NetworkSpec(layers, new HeadSpec(head.type(), head.outputs(), new Options(options)));
  }

  private static IllegalArgumentException refusal(String reason) {
    return new IllegalArgumentException("stream: cannot score event after event: " + reason);
  }
}
