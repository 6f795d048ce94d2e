package org.rondo.tasks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;
import org.rondo.models.layers.Values;

class StepScorerTest {
  private static final int VOCABULARY = 7;
  private static final int KEYS = 11;

  private static NetworkSpec network(InputLayerSpec input, HeadSpec head, HiddenLayerSpec... all) {
    return new NetworkSpec(Stream.concat(Stream.of(input), Stream.of(all)).toList(), head);
  }

  private static HeadSpec pooled(String type, String pooling) {
    return new HeadSpec(type, 3, new Options(Map.of("pooling", pooling)));
  }

  private static Recurrent recurrent(String cell) {
    return new Recurrent(CellSpec.of(cell, 19));
  }

  static Stream<NetworkSpec> everyNetwork() {
    var words = new Embedding(VOCABULARY, 19);
    return Stream.of(
        network(
            words,
            new HeadSpec("language-model", VOCABULARY),
            recurrent("lstm"),
            new Residual(recurrent("gru"))),
        network(words, new HeadSpec("tagger", 3), recurrent("gru")),
        network(words, pooled("classifier", "last"), recurrent("lstm")),
        network(words, pooled("classifier", "mean"), recurrent("lstm")),
        network(words, pooled("multi-label", "max"), recurrent("gru")),
        network(new Values(2), new HeadSpec("regression", 2), recurrent("lstm")),
        network(new Values(2), pooled("regression", "mean"), recurrent("gru")));
  }

  private static float[] parameters(NetworkSpec spec) {
    return Network.initialParameters(spec, 3);
  }

  private static StepScorer scorer(NetworkSpec spec, int batch) {
    return new StepScorer(spec, parameters(spec), Kernels.best(), ElementType.FLOAT32, batch);
  }

  /** Of each key a few events, most of one step, the first key's by far the most. */
  private static List<List<Sequence>> events(NetworkSpec spec) {
    CounterRandom random = CounterRandom.of(5);
    var keys = new ArrayList<List<Sequence>>();
    for (int k = 0; k < KEYS; k++) {
      var events = new ArrayList<Sequence>();
      for (int e = 0; e < (k == 0 ? 23 : k % 5); e++) {
        int steps = e % 3 == 2 ? 3 : 1;
        CounterRandom own = random.derive(k).derive(e);
        if (spec.inputValues() > 0) {
          var values = new float[steps * 2];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (4 * own.uniform(i) - 2);
          }
          events.add(Sequence.ofValues(values, 2));
        } else {
          var ids = new int[steps];
          for (int i = 0; i < steps; i++) {
            ids[i] = (int) (own.uniform(i) * VOCABULARY);
          }
          events.add(Sequence.ofIds(ids));
        }
      }
      keys.add(events);
    }
    return keys;
  }

  private static List<List<float[]>> scores(List<List<Predictions>> scored) {
    return scored.stream().map(key -> key.stream().map(Predictions::scores).toList()).toList();
  }

  private static List<List<float[]>> together(StepScorer scorer, List<List<Sequence>> events) {
    return scores(
        scorer.score(
            events.stream().map(each -> new KeyEvents<>(scorer.states().start(), each)).toList()));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void anyCutInAnyCompanyGivesTheSameBits(NetworkSpec spec) {
    List<List<Sequence>> events = events(spec);
    try (StepScorer scorer = scorer(spec, 4)) {
      List<List<float[]>> whole = together(scorer, events);
      for (int k = 0; k < KEYS; k++) {
        assertThat(together(scorer, List.of(events.get(k))).get(0))
            .as("key %d alone", k)
            .usingRecursiveComparison()
            .isEqualTo(whole.get(k));
      }
      for (int most : new int[] {1, 2, 5}) {
        assertThat(inPieces(scorer, events, most))
            .as("pieces of 1 to %d events", most)
            .usingRecursiveComparison()
            .isEqualTo(whole);
      }
    }
  }

  /** Every key's events in pieces, its state as bytes between them, beside ever other keys. */
  private static List<List<float[]>> inPieces(
      StepScorer scorer, List<List<Sequence>> events, int most) {
    var all = new ArrayList<List<float[]>>();
    var bytes = new ArrayList<byte[]>();
    for (int k = 0; k < KEYS; k++) {
      all.add(new ArrayList<>());
      bytes.add(scorer.states().encode(scorer.states().start()));
    }
    for (int call = 0; call < 60; call++) {
      var keys = new ArrayList<Integer>();
      var pieces = new ArrayList<KeyEvents<Sequence>>();
      for (int k = KEYS - 1; k >= 0; k--) {
        int from = all.get(k).size();
        int to = Math.min(events.get(k).size(), from + 1 + (call + k) % most);
        if ((call + k) % 3 != 0) {
          keys.add(k);
          KeyState state = scorer.states().decode(bytes.get(k));
          assertThat(state.events()).isEqualTo(from);
          pieces.add(new KeyEvents<>(state, events.get(k).subList(from, to)));
        }
      }
      List<List<float[]>> scored = scores(scorer.score(pieces));
      for (int i = 0; i < keys.size(); i++) {
        all.get(keys.get(i)).addAll(scored.get(i));
        bytes.set(keys.get(i), scorer.states().encode(pieces.get(i).state()));
      }
    }
    return all;
  }

  /** Against the network of all steps at once, over the events up to each one. */
  @ParameterizedTest
  @MethodSource("everyNetwork")
  void anEventHasThePredictionOfTheEventsUpToIt(NetworkSpec spec) {
    List<Sequence> events = events(spec).get(0);
    int outputs = spec.head().outputs();
    boolean everyStep = ofWhole(spec, events, length(events)).length > outputs;
    try (StepScorer scorer = scorer(spec, 3)) {
      List<float[]> scored = together(scorer, List.of(events)).get(0);
      for (int e = 0; e < events.size(); e++) {
        List<Sequence> soFar = events.subList(0, e + 1);
        float[] expected = ofWhole(spec, soFar, length(soFar));
        float[] made = scored.get(e);
        assertThat(made).hasSize(everyStep ? events.get(e).length() * outputs : outputs);
        for (int i = 1; i <= made.length; i++) {
          assertThat(made[made.length - i])
              .as("event %d", e)
              .isCloseTo(expected[expected.length - i], within(1e-5f));
        }
      }
    }
  }

  private static int length(List<Sequence> events) {
    return events.stream().mapToInt(Sequence::length).sum();
  }

  private static float[] ofWhole(NetworkSpec spec, List<Sequence> events, int steps) {
    try (Network network =
        Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, steps, 1)) {
      network.parameters().set(parameters(spec));
      network.parametersChanged();
      Minibatch minibatch = Minibatch.forNetwork(spec, steps, 1);
      int at = 0;
      for (Sequence event : events) {
        if (spec.inputValues() > 0) {
          System.arraycopy(event.values(), 0, minibatch.values(), at * 2, event.values().length);
        } else {
          System.arraycopy(event.ids(), 0, minibatch.inputs(), at, event.ids().length);
        }
        at += event.length();
      }
      var logits = new float[network.predictions() * spec.head().outputs()];
      network.logits(minibatch, network.newState(), logits);
      return logits;
    }
  }

  @Test
  void theClassIsThatOfTheLargestScore() {
    NetworkSpec spec = everyNetwork().toList().get(1);
    try (StepScorer scorer = scorer(spec, 2)) {
      var key = new KeyEvents<>(scorer.states().start(), events(spec).get(0));
      for (Predictions each : scorer.score(List.of(key)).get(0)) {
        for (int n = 0; n < each.count(); n++) {
          for (int o = 0; o < each.outputs(); o++) {
            assertThat(each.score(n, each.classes()[n])).isGreaterThanOrEqualTo(each.score(n, o));
          }
        }
      }
    }
  }

  @Test
  void whatNeedsTheFutureIsRefused() {
    var words = new Embedding(VOCABULARY, 4);
    CellSpec cell = CellSpec.of("gru", 4);
    NetworkSpec both =
        network(words, new HeadSpec("tagger", 3), new Recurrent(cell), new Bidirectional(cell));
    assertThatThrownBy(() -> scorer(both, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stream: cannot score event after event: the layer (%s) reads a sequence from its end too,"
                + " and a stream has none; train a network of one direction",
            new Bidirectional(cell));
    NetworkSpec crf = network(words, new HeadSpec("crf", 3), new Recurrent(cell));
    assertThatThrownBy(() -> scorer(crf, 2)).hasMessageContaining("the head crf chooses all");
    NetworkSpec attention = network(words, pooled("classifier", "attention"), new Recurrent(cell));
    assertThatThrownBy(() -> scorer(attention, 2))
        .hasMessageContaining("pools by attention")
        .hasMessageEndingWith("train with pooling = last, mean or max");
  }

  @Test
  void anEventWithoutStepsIsRefusedBeforeAnyIsScored() {
    NetworkSpec spec = everyNetwork().findFirst().orElseThrow();
    try (StepScorer scorer = scorer(spec, 2)) {
      KeyState state = scorer.states().start();
      var events = List.of(Sequence.ofIds(new int[] {1}), Sequence.ofIds(new int[0]));
      assertThatThrownBy(() -> scorer.score(List.of(new KeyEvents<>(state, events))))
          .hasMessage("stream: an event without steps");
      assertThat(state.events()).isZero();
      assertThat(together(scorer, events(spec))).hasSize(KEYS);
    }
  }

  /** Two layers: h and c of 19 units, and h of 19. */
  @Test
  void aStateIsPlainBytes() {
    NetworkSpec spec = everyNetwork().findFirst().orElseThrow();
    try (StepScorer scorer = scorer(spec, 2)) {
      StateCodec codec = scorer.states();
      assertThat(codec.length()).isEqualTo(1 + 4 + 8 + 3 * 19 * 4);
      KeyState state = codec.start();
      scorer.score(List.of(new KeyEvents<>(state, events(spec).get(0))));
      byte[] bytes = codec.encode(state);
      ByteBuffer read = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(read.get(0)).isEqualTo((byte) 1);
      assertThat(read.getLong(5)).isEqualTo(23);
      for (int i = 0; i < state.values().length; i++) {
        assertThat(read.getFloat(13 + 4 * i)).isEqualTo(state.values()[i]).isNotZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 100})
  void bytesOfAnotherLengthAreRefused(int length) {
    NetworkSpec spec = everyNetwork().findFirst().orElseThrow();
    try (StepScorer scorer = scorer(spec, 2)) {
      var bytes = new byte[length];
      if (length > 0) {
        bytes[0] = 1;
      }
      assertThatThrownBy(() -> scorer.states().decode(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("state of a key: " + length + " bytes of ");
    }
  }

  @Test
  void theStateOfAnotherModelIsRefused() {
    NetworkSpec spec = everyNetwork().findFirst().orElseThrow();
    float[] others = parameters(spec);
    others[others.length - 1] += 1;
    try (StepScorer scorer = scorer(spec, 2);
        StepScorer other = new StepScorer(spec, others, Kernels.best(), ElementType.FLOAT32, 2)) {
      byte[] bytes = scorer.states().encode(scorer.states().start());
      assertThatThrownBy(() -> other.states().decode(bytes))
          .hasMessageContaining("bytes of model ")
          .hasMessageEndingWith("start a stream of another model with a new checkpoint location");
    }
  }
}
