package org.rondo.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
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

  /** As {@link #write(String, GenerationPlan, int, Consumer)}, the first of the plan's samples. */
  public void write(String prime, GenerationPlan plan, Consumer<String> pieces) {
    write(prime, plan, 0, pieces);
  }

  /**
   * As {@link #generate(String, GenerationPlan)}, but hands every piece of the text on as soon as
   * it is known: at the end where a beam searches it, or the tokenizer's text is only known as a
   * whole.
   *
   * @param sample which of the plan's, from 0
   */
  public void write(String prime, GenerationPlan plan, int sample, Consumer<String> pieces) {
    List<String> text = vocabulary.tokens(prime);
    int[] read =
        text.isEmpty() ? new int[] {beginning()} : text.stream().mapToInt(vocabulary::id).toArray();
    pieces.accept(tokenizer.join(text));
    var end = new StopText(plan.stop(), pieces);
    var joined = new TextPieces(tokenizer, text, end);
    generate(read, plan, sample, id -> joined.add(vocabulary.token(id)), end::stopped);
    joined.end();
    end.end();
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
    generate(prime, plan, 0, generated, () -> false);
    return generated.build().toArray();
  }

  private void generate(
      int[] prime, GenerationPlan plan, int sample, IntConsumer generated, BooleanSupplier ends) {
    requirePrime(prime);
    var candidates =
        new Candidates(vocabulary.size(), plan.repetitionPenalty(), Vocabulary.UNKNOWN_ID);
    HiddenState state = network.newState();
    for (int i = 0; i < prime.length - 1; i++) {
      candidates.after(network, prime[i], state);
    }
    if (plan.beam() > 0) {
      var search =
          new TextBeam(network, candidates, plan.beam(), added -> isStopped(prime, added, plan));
      Arrays.stream(search.search(prime, state, plan.length())).forEach(generated);
      return;
    }
    var sampler = new Sampler(plan, vocabulary.size(), Vocabulary.UNKNOWN_ID);
    CounterRandom random = random(plan, sample);
    int last = prime[prime.length - 1];
    for (int i = 0; i < plan.length() && !ends.getAsBoolean(); i++) {
      last = sampler.draw(candidates.after(network, last, state), random.uniform(i));
      generated.accept(last);
    }
  }

  /** Whether what was added to a prime holds one of the texts that end it. */
  private boolean isStopped(int[] prime, int[] added, GenerationPlan plan) {
    var end = new StopText(plan.stop(), piece -> {});
    if (!plan.stop().isEmpty()) {
      var joined = new TextPieces(tokenizer, tokens(prime), end);
      tokens(added).forEach(joined::add);
      joined.end();
    }
    return end.stopped();
  }

  private List<String> tokens(int[] ids) {
    return Arrays.stream(ids).mapToObj(vocabulary::token).toList();
  }

  private static CounterRandom random(GenerationPlan plan, int sample) {
    CounterRandom random = CounterRandom.of(plan.seed()).derive("generate");
    return sample == 0 ? random : random.derive(sample);
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
