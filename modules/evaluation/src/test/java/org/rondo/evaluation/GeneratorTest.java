package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.Seeds;

class GeneratorTest {
  private static final GenerationPlan GREEDY = new GenerationPlan(7, 0, 0, 1, 1);
  private static final GenerationPlan FREE = new GenerationPlan(300, 3, 0, 1, 1);
  private static final Vocabulary CHARACTERS =
      new Vocabulary("characters", List.of("<unk>", "a", "b", "c", "\n"));
  private static final Vocabulary WORDS =
      new Vocabulary("words", List.of("<unk>", "one", "two", "three", "<eos>"));
  private static final NetworkSpec SPEC = RecurrentStack.languageModel(5, "lstm", 1, 16, 0);

  /** Has learned 1 2 3 4 1 2 3 4 ..., in which 4 ends a line. */
  private static Network network;

  @BeforeAll
  static void learnTheCycle() {
    network = new Network(SPEC, Kernels.best(), ElementType.FLOAT32, 1, 1);
    network.parameters().set(learned());
    network.parametersChanged();
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void continuesWhatItLearned() {
    assertThat(new Generator(network, CHARACTERS).generate("ab", GREEDY)).isEqualTo("abc\nabc\na");
  }

  @Test
  void wordsComeWithSpacesAndLines() {
    assertThat(new Generator(network, WORDS).generate("one two", GREEDY))
        .isEqualTo("one two three\none two three\none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "one two", "one two three\n", "\n\n"})
  void theTextIsHandedOnTokenByToken(String prime) {
    for (Vocabulary vocabulary : List.of(WORDS, CHARACTERS)) {
      var pieces = new ArrayList<String>();
      var generator = new Generator(network, vocabulary);
      var tokenizer = Tokenizer.named(vocabulary.tokenizer());

      generator.write(prime, FREE, pieces::add);

      List<String> tokens = new ArrayList<>(vocabulary.tokens(prime));
      int[] read =
          tokens.isEmpty()
              ? new int[] {vocabulary.id(tokenizer.lineEnd())}
              : tokens.stream().mapToInt(vocabulary::id).toArray();
      for (int id : generator.generate(read, FREE)) {
        tokens.add(vocabulary.token(id));
      }
      assertThat(String.join("", pieces)).isEqualTo(tokenizer.join(tokens));
      assertThat(pieces).hasSize(1 + FREE.length());
    }
  }

  /** Bytes at random, of which half are characters by themselves. */
  @Test
  void bytesAreHandedOnAsSoonAsTheyAreCharacters() {
    Tokenizer bpe = Tokenizer.named("bpe");
    Vocabulary bytes = bpe.vocabulary(new TokenCounts(), false, new VocabularyPlan(1, 257));
    NetworkSpec spec = RecurrentStack.languageModel(bytes.size(), "lstm", 1, 4, 0);
    try (var untrained = new Network(spec, Kernels.best(), ElementType.FLOAT32, 1, 1)) {
      untrained.parameters().set(new float[Network.layout(spec).length()]);
      untrained.parametersChanged();
      var generator = new Generator(untrained, bytes);
      var pieces = new ArrayList<String>();

      generator.write("\u00E9", FREE, pieces::add);

      int[] ids = generator.generate(bytes.ids("\u00E9"), FREE);
      String added = bpe.join(Arrays.stream(ids).mapToObj(bytes::token).toList());
      assertThat(String.join("", pieces)).isEqualTo("\u00E9" + added);
      assertThat(pieces).hasSizeBetween(50, FREE.length());
      String stop = added.substring(100, 102);
      var stopping = new GenerationPlan(300, 3, 0, 1, 1, 1, 0, 1, List.of(stop));
      assertThat(generator.generate("\u00E9", stopping))
          .isEqualTo("\u00E9" + added.substring(0, added.indexOf(stop)));
    }
  }

  @Test
  void anEmptyPrimeBeginsALine() {
    assertThat(new Generator(network, CHARACTERS).generate("", GREEDY)).isEqualTo("abc\nabc");
  }

  /** What stands before a line changes nothing where the network begins anew at its end. */
  @Test
  void aNetworkThatBeginsAnewForgetsTheLinesBefore() {
    NetworkSpec spec = SPEC.startingDocumentsAt(WORDS.id("<eos>"));
    try (var forgets = new Network(spec, Kernels.best(), ElementType.FLOAT32, 1, 1)) {
      forgets.parameters().set(network.parameters().toArray());
      forgets.parametersChanged();
      var generator = new Generator(forgets, WORDS);
      int[] empty = generator.generate(new int[] {4}, FREE);
      assertThat(generator.generate(new int[] {2, 2, 1, 3, 4}, FREE)).isEqualTo(empty);
      assertThat(new Generator(network, WORDS).generate(new int[] {2, 2, 1, 3, 4}, FREE))
          .isNotEqualTo(new Generator(network, WORDS).generate(new int[] {4}, FREE));
    }
  }

  @Test
  void withoutLineEndsAnEmptyPrimeFollowsTheMostFrequentToken() {
    var vocabulary = new Vocabulary("characters", List.of("<unk>", "a", "b", "c", "d"));
    assertThat(new Generator(network, vocabulary).generate("", GREEDY)).isEqualTo("bcdabcd");
  }

  @Test
  void unknownCharactersOfThePrimeAreReadAsUnknownAndStayInTheText() {
    var generator = new Generator(network, CHARACTERS);
    String text = generator.generate("\u00FCb", GREEDY);
    assertThat(text).startsWith("\u00FCb").hasSize(9);
    int[] added = generator.generate(new int[] {0, 2}, GREEDY);
    assertThat(text.charAt(2)).isEqualTo(CHARACTERS.token(added[0]).charAt(0));
  }

  @Test
  void theSameSeedGivesTheSameTextAndAnotherSeedAnother() {
    var generator = new Generator(network, CHARACTERS);
    String text = generator.generate("a", FREE);
    assertThat(generator.generate("a", FREE)).isEqualTo(text);
    assertThat(generator.generate("a", new GenerationPlan(300, 3, 0, 1, 2))).isNotEqualTo(text);
  }

  @Test
  void theUnknownSymbolIsNeverWritten() {
    try (Network untrained = new Network(SPEC, Kernels.best(), ElementType.FLOAT32, 1, 1)) {
      untrained.parameters().set(new float[Network.layout(SPEC).length()]); // all equally likely
      untrained.parametersChanged();
      int[] ids = new Generator(untrained, CHARACTERS).generate(new int[] {1}, FREE);
      assertThat(ids).hasSize(300).doesNotContain(0).contains(1, 2, 3, 4);
    }
  }

  /** Against every text of that length: a beam that keeps all of them misses none. */
  @Test
  void aWideBeamFindsTheLikeliestTextOfAll() {
    try (Network untrained = new Network(SPEC, Kernels.best(), ElementType.FLOAT32, 1, 1)) {
      float[] parameters = Network.initialParameters(SPEC, Seeds.SEED);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 4;
      }
      untrained.parameters().set(parameters);
      untrained.parametersChanged();
      double best = Double.NEGATIVE_INFINITY;
      int[] likeliest = {};
      for (int n = 0; n < 64; n++) {
        int[] ids = {1 + n / 16, 1 + n / 4 % 4, 1 + n % 4};
        double score = logProbability(untrained, ids);
        if (score > best) {
          best = score;
          likeliest = ids;
        }
      }
      var lines = new GenerationPlan(3, 1, 0, 1, 1, 1, 64, 1, List.of("\n"));
      assertThat(new Generator(untrained, CHARACTERS).generate(new int[] {2}, lines))
          .as("of all texts to their first end of a line")
          .containsExactly(likeliestLine(untrained));
      int[] first =
          new Generator(untrained, CHARACTERS)
              .generate(new int[] {2}, new GenerationPlan(1, 0, 0, 1, 1));
      List<String> stop = List.of(CHARACTERS.token(first[0]));
      var ending = new GenerationPlan(3, 1, 0, 1, 1, 1, 64, 1, stop);
      assertThat(new Generator(untrained, CHARACTERS).generate(new int[] {2}, ending))
          .as("nothing is likelier than the likeliest token, where that ends the text")
          .containsExactly(first);
      var beam = new GenerationPlan(3, 1, 0, 1, 1, 1, 64, 1, List.of());
      var generator = new Generator(untrained, CHARACTERS);
      assertThat(generator.generate(new int[] {2}, beam)).containsExactly(likeliest);
      var narrow = new GenerationPlan(3, 1, 0, 1, 1, 1, 1, 1, List.of());
      assertThat(generator.generate(new int[] {2}, narrow))
          .as("a beam of one takes the likeliest token each time")
          .isEqualTo(generator.generate(new int[] {2}, new GenerationPlan(3, 0, 0, 1, 1)));
    }
  }

  private static int[] likeliestLine(Network network) {
    double best = Double.NEGATIVE_INFINITY;
    int[] likeliest = {};
    for (int n = 0; n < 64; n++) {
      int[] ids = {1 + n / 16, 1 + n / 4 % 4, 1 + n % 4};
      int length = ids[0] == 4 ? 1 : ids[1] == 4 ? 2 : 3;
      double score = logProbability(network, Arrays.copyOf(ids, length));
      if (score > best) {
        best = score;
        likeliest = Arrays.copyOf(ids, length);
      }
    }
    return likeliest;
  }

  private static double logProbability(Network network, int[] ids) {
    HiddenState state = network.newState();
    var logits = new float[5];
    double sum = 0;
    int last = 2;
    for (int id : ids) {
      network.logits(new int[] {last}, state, logits);
      double all = 0;
      for (float logit : logits) {
        all += Math.exp(logit);
      }
      sum += logits[id] - Math.log(all);
      last = id;
    }
    return sum;
  }

  /** After b comes c, unless the text had it. */
  @Test
  void aPenaltyMakesTokensOfTheTextLessLikely() {
    var none = new GenerationPlan(1, 0, 0, 1, 1, 1, 0, 1, List.of());
    var penalized = new GenerationPlan(1, 0, 0, 1, 1, 1e6, 0, 1, List.of());
    var generator = new Generator(network, CHARACTERS);
    assertThat(generator.generate("cb", none)).isEqualTo("cbc");
    assertThat(generator.generate("cb", penalized)).isIn("cba", "cb\n");
    assertThat(generator.generate("ab", penalized)).isEqualTo("abc");
  }

  @Test
  void textsStopAndSamplesDiffer() {
    var stopping = new GenerationPlan(9, 0, 0, 1, 1, 1, 0, 1, List.of("ca", "\na"));
    assertThat(new Generator(network, CHARACTERS).generate("ab", stopping)).isEqualTo("abc");
    assertThat(new Generator(network, WORDS).generate("one", stopping)).startsWith("one two three");
    var samples = new GenerationPlan(300, 3, 0, 1, 1, 1, 0, 2, List.of());
    var first = new StringBuilder();
    var second = new StringBuilder();
    new Generator(network, CHARACTERS).write("a", samples, 0, first::append);
    new Generator(network, CHARACTERS).write("a", samples, 1, second::append);
    assertThat(first.toString())
        .isEqualTo(new Generator(network, CHARACTERS).generate("a", FREE))
        .isNotEqualTo(second.toString());
    assertThatThrownBy(() -> new GenerationPlan(1, 1, 0, 1, 1, 1, 2, 2, List.of()))
        .hasMessageStartingWith("generate.samples = 2: generate.beam = 2 finds one text");
    assertThatThrownBy(() -> new GenerationPlan(1, 1, 0, 1, 1, 1, 0, 1, List.of("")))
        .hasMessageStartingWith("generate.stop = ");
  }

  @Test
  void lengthZeroAddsNothing() {
    assertThat(
            new Generator(network, CHARACTERS).generate("abc", new GenerationPlan(0, 1, 0, 1, 1)))
        .isEqualTo("abc");
  }

  @Test
  void wrongPrimesAndShapesAreRefused() {
    var generator = new Generator(network, CHARACTERS);
    assertThatThrownBy(() -> generator.generate(new int[0], GREEDY))
        .hasMessage("generate: a prime of 0 ids, of which [] are not in a vocabulary of 5");
    assertThatThrownBy(() -> generator.generate(new int[] {1, 5, -1}, GREEDY))
        .hasMessage("generate: a prime of 3 ids, of which [5, -1] are not in a vocabulary of 5");
    var small = new Vocabulary("characters", List.of("<unk>", "a"));
    assertThatThrownBy(() -> new Generator(network, small))
        .hasMessageEndingWith(
            "1 steps x 1 sequences with 5 outputs; needed are 1 x 1 and the vocabulary's 2");
  }

  private static float[] learned() {
    try (Network learner = new Network(SPEC, Kernels.best(), ElementType.FLOAT32, 12, 1)) {
      float[] parameters = Network.initialParameters(SPEC, Seeds.SEED);
      var minibatch = new Minibatch(12, 1);
      for (int t = 0; t < 12; t++) {
        minibatch.inputs()[t] = 1 + t % 4;
        minibatch.targets()[t] = 1 + (t + 1) % 4;
      }
      HiddenState state = learner.newState();
      for (int step = 0; step < 300; step++) {
        learner.parameters().set(parameters);
        learner.parametersChanged();
        learner.lossAndGradient(minibatch, state, CounterRandom.of(step));
        float[] gradient = learner.gradient().values().toArray();
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] -= gradient[i];
        }
      }
      return parameters;
    }
  }
}
