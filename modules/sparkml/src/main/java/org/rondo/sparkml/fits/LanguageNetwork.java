package org.rondo.sparkml.fits;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.sparkml.params.SoftmaxParams;

/**
 * The network of a language model, from Params that must go together.
 *
 * @param stack its recurrent layers
 * @param params how the next token is predicted
 */
public record LanguageNetwork(RecurrentStack stack, SoftmaxParams<?> params) {
  /**
   * Checks that the Params go together.
   *
   * @throws IllegalArgumentException naming the Param that is wrong beside another
   */
  public LanguageNetwork {
    String cutoffs = shown(params.getCutoffs());
    require(
        cutoffs.isEmpty() || !params.getTied(),
        "cutoffs = %s: not beside tied = true, for the clusters of an adaptive softmax are narrower than the embedding",
        cutoffs);
    require(
        cutoffs.isEmpty() || params.getSamples() == 0,
        "samples = %d: not beside cutoffs, for a softmax is either sampled or adaptive",
        params.getSamples());
    require(
        params.getSamples() == 0 || params.getTied(),
        "samples = %d: needs tied = true, for a sampled softmax shares the embedding",
        params.getSamples());
    int units = stack.cell().units();
    int width = stack.cell().outputWidth();
    require(
        !params.getTied() || width == units,
        "tied = true: the softmax over the %d outputs of cell %s cannot share an embedding of %d columns",
        width,
        stack.cell().name(),
        units);
    require(
        !startsDocuments(params) || stack.cell().cell().startsDocuments(),
        "reset = document: cell %s cannot begin anew within a minibatch",
        stack.cell().name());
  }

  private static void require(boolean kept, String message, Object... values) {
    if (!kept) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  private static boolean startsDocuments(SoftmaxParams<?> params) {
    return params.getReset().equals("document");
  }

  private static String shown(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  /**
   * Over a vocabulary.
   *
   * @throws IllegalArgumentException if it has no end of a line, and that begins documents
   */
  public NetworkSpec over(Vocabulary vocabulary) {
    String lineEnd = Tokenizer.named(vocabulary.tokenizer()).lineEnd();
    require(
        !startsDocuments(params) || vocabulary.contains(lineEnd),
        "reset = document: the end of a line, which begins a document, is not among the %d tokens of the vocabulary: lower minCount or raise vocabSize",
        vocabulary.size());
    var head = new TreeMap<String, String>();
    if (params.getTied()) {
      head.put("tied", "true");
    }
    if (params.getCutoffs().length > 0) {
      head.put("cutoffs", shown(params.getCutoffs()));
    }
    if (params.getSamples() > 0) {
      head.put("samples", String.valueOf(params.getSamples()));
    }
    NetworkSpec network = stack.languageModel(vocabulary.size(), 0, new Options(head));
    return startsDocuments(params) ? network.startingDocumentsAt(vocabulary.id(lineEnd)) : network;
  }
}
