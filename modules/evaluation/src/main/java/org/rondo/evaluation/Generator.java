package org.rondo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;

/**
 * Lets a language model continue a text, token by token. The unknown symbol is read but never
 * written: it is left out of every draw.
 */
public final class Generator {
  private final Network network;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  /**
   * A generator over a network of T = 1 and B = 1, which stays the caller's to close.
   *
   * @throws IllegalArgumentException if the network has another shape, or other outputs than the
   *     vocabulary has ids
   */
  public Generator(Network network, Vocabulary vocabulary) {
    int outputs = network.spec().head().outputs();
    if (network.steps() != 1 || network.batch() != 1 || outputs != vocabulary.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "generate: a network of %d steps x %d sequences with %d outputs; needed are 1 x 1 and the vocabulary's %d",
              network.steps(),
              network.batch(),
              outputs,
              vocabulary.size()));
    }
    this.network = network;
    this.vocabulary = vocabulary;
    this.tokenizer = Tokenizer.named(vocabulary.tokenizer());
  }

  /**
   * The prime and what the network adds to it. Tokens of the prime that the vocabulary lacks are
   * read as the unknown symbol; where the vocabulary is of lowered text, so is the prime. After an
   * empty prime the network begins as after the end of a line or, where the vocabulary has none,
   * after the most frequent token.
   */
  public String generate(String prime, GenerationPlan plan) {
    var text = new StringBuilder();
    write(prime, plan, text::append);
    return text.toString();
  }

  /**
   * As {@link #generate(String, GenerationPlan)}, but hands every piece of the text on as soon as
   * it is known; where the tokenizer's text is only known as a whole, it is one piece.
   */
  public void write(String prime, GenerationPlan plan, Consumer<String> pieces) {
    var text = new ArrayList<String>(vocabulary.tokens(prime));
    int[] read =
        text.isEmpty() ? new int[] {beginning()} : text.stream().mapToInt(vocabulary::id).toArray();
    if (!tokenizer.joinsPairwise()) {
      generate(read, plan, id -> text.add(vocabulary.token(id)));
      pieces.accept(tokenizer.join(text));
      return;
    }
    pieces.accept(tokenizer.join(text));
    generate(
        read,
        plan,
        id -> {
          List<String> before =
              text.isEmpty() ? List.of() : text.subList(text.size() - 1, text.size());
          String token = vocabulary.token(id);
          pieces.accept(added(before, token));
          text.clear();
          text.add(token);
        });
  }

  /** What a token adds to the text of the one before it. */
  private String added(List<String> before, String token) {
    var pair = new ArrayList<String>(before);
    pair.add(token);
    return tokenizer.join(pair).substring(tokenizer.join(before).length());
  }

  /** The different tokens of a prime that a vocabulary lacks, in the order of the text. */
  public static List<String> unknown(String prime, Vocabulary vocabulary) {
    return vocabulary.tokens(prime).stream()
        .filter(token -> vocabulary.id(token) == Vocabulary.UNKNOWN_ID)
        .distinct()
        .toList();
  }

  private int beginning() {
    String lineEnd = tokenizer.lineEnd();
    return vocabulary.contains(lineEnd) ? vocabulary.id(lineEnd) : Vocabulary.UNKNOWN_ID + 1;
  }

  /**
   * The ids that the network adds to those of the prime; a pure function of parameters, prime and
   * plan.
   *
   * @throws IllegalArgumentException if the prime is empty or holds an id that there is not
   */
  public int[] generate(int[] prime, GenerationPlan plan) {
    IntStream.Builder generated = IntStream.builder();
    generate(prime, plan, generated);
    return generated.build().toArray();
  }

  private void generate(int[] prime, GenerationPlan plan, IntConsumer generated) {
    requirePrime(prime);
    var sampler = new Sampler(plan, vocabulary.size(), Vocabulary.UNKNOWN_ID);
    CounterRandom random = CounterRandom.of(plan.seed()).derive("generate");
    HiddenState state = network.newState();
    var logits = new float[vocabulary.size()];
    var input = new int[1];
    for (int i = 0; i < prime.length - 1; i++) {
      input[0] = prime[i];
      network.logits(input, state, logits);
    }
    input[0] = prime[prime.length - 1];
    for (int i = 0; i < plan.length(); i++) {
      network.logits(input, state, logits);
      input[0] = sampler.draw(logits, random.uniform(i));
      generated.accept(input[0]);
    }
  }

  private void requirePrime(int[] prime) {
    List<Integer> wrong =
        Arrays.stream(prime).filter(id -> id < 0 || id >= vocabulary.size()).boxed().toList();
    if (prime.length == 0 || !wrong.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "generate: a prime of %d ids, of which %s are not in a vocabulary of %d",
              prime.length,
              wrong,
              vocabulary.size()));
    }
  }
}
