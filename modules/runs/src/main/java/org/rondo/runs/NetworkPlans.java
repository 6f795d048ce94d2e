package org.rondo.runs;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ValueException;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Regularizers;

/** From the keys {@code network} to a network. */
final class NetworkPlans {
  private final Settings settings;

  NetworkPlans(Settings settings) {
    this.settings = settings;
  }

  /**
   * The network over a vocabulary.
   *
   * @throws SettingsException naming the key that is wrong, or all where it lies between them
   */
  NetworkSpec languageModel(Vocabulary vocabulary) {
    String lineEnd = Tokenizer.named(vocabulary.tokenizer()).lineEnd();
    if (startsDocuments() && !vocabulary.contains(lineEnd)) {
      throw settings.refusal(
          "network.reset", "needs a text with ends of lines, which say where documents end");
    }
    if (startsDocuments() && settings.optional("data.format").isEmpty()) {
      vocabulary
          .mergedLineEnd()
          .ifPresent(
              merged -> {
                throw settings.refusal(
                    "network.reset",
                    String.format(
                        Locale.ROOT,
                        "needs a token for each end of a line, and data.tokenizer_file has such as \"%s\", which hold more; rows of documents (data.format) end with one of their own",
                        merged));
              });
    }
    return languageModel(vocabulary.size(), vocabulary.id(lineEnd));
  }

  /**
   * The network over a vocabulary of that size, likewise.
   *
   * @param lineEnd of no meaning where documents are not told apart
   */
  NetworkSpec languageModel(int vocabulary, int lineEnd) {
    return network(
        stack -> {
          NetworkSpec network =
              stack.languageModel(
                  vocabulary, settings.whole("network.embedding"), new Options(head()));
          return startsDocuments() ? network.startingDocumentsAt(lineEnd) : network;
        });
  }

  private boolean startsDocuments() {
    String reset = settings.text("network.reset");
    if (!reset.equals("none") && !reset.equals("document")) {
      throw settings.refusal("network.reset", "must be none or document");
    }
    return reset.equals("document");
  }

  /** A network with the configured layers, likewise. */
  NetworkSpec network(Function<RecurrentStack, NetworkSpec> over) {
    try {
      NetworkSpec network = over.apply(stack());
      Network.layout(network); // reads every option of the cell
      return network;
    } catch (SettingsException e) {
      throw e;
    } catch (ValueException e) {
      if (Set.of("options.cutoffs", "options.tied", "options.samples").contains(e.name())) {
        throw settings.refusal(e.name().replace("options", "network"), e.rule());
      }
      if (e.name().equals("documentStart")) {
        throw settings.refusal("network.reset", e.rule());
      }
      throw settings.refusal(e, e.isOption() ? "network.cell_" : "network.");
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: %s; configured is %s",
              e.getMessage(),
              settings.shown("network.")),
          e);
    }
  }

  private RecurrentStack stack() {
    var cell =
        new CellSpec(
            settings.text("network.cell"),
            settings.whole("network.units"),
            new Options(settings.cellOptions()));
    return new RecurrentStack(
        cell,
        settings.whole("network.layers"),
        regularizers(),
        settings.flag("network.residual"),
        settings.flag("network.bidirectional"));
  }

  private Regularizers regularizers() {
    double dropout = settings.number("network.dropout");
    if (dropout < 0 || dropout >= 1) { // others have it by default, and would be named in its place
      throw settings.refusal("network.dropout", "must be in [0,1)");
    }
    return new Regularizers(
        dropout("network.input_dropout", dropout),
        dropout,
        dropout("network.output_dropout", dropout),
        settings.flag("network.locked_dropout"),
        settings.number("network.embedding_dropout"),
        settings.number("network.weight_drop"),
        settings.number("network.activation_regularization"),
        settings.number("network.temporal_regularization"));
  }

  private double dropout(String key, double between) {
    String rate = settings.text(key);
    if (rate.equals("auto")) {
      return between;
    }
    return KeyType.number(rate)
        .orElseThrow(() -> settings.refusal(key, "must be auto or a number in [0,1)"));
  }

  /** The options of a language model's head. */
  private Map<String, String> head() {
    var options = new TreeMap<String, String>();
    if (settings.flag("network.tied")) {
      options.put("tied", "true");
    }
    if (!settings.text("network.cutoffs").isEmpty()) {
      options.put("cutoffs", settings.text("network.cutoffs"));
    }
    if (settings.whole("network.samples") != 0) {
      options.put("samples", settings.text("network.samples"));
    }
    return options;
  }
}
