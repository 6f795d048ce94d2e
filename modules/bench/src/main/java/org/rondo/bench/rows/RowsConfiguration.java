package org.rondo.bench.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;

/**
 * A network over sequences of ids or of values, with the lengths that its data have.
 *
 * @param name as the benchmark's arguments and tables name it
 * @param batch sequences of a minibatch
 * @param longest steps at which a sequence is cut
 * @param quantiles lengths of the real data, from the least to the greatest in equal steps; what
 *     lies between them is interpolated
 * @param aims how many times PyTorch's rate it is to reach, by precision; empty where nothing is
 *     said
 */
record RowsConfiguration(
    String name,
    NetworkSpec network,
    int batch,
    int longest,
    List<Integer> quantiles,
    Map<String, Double> aims) {
  private static final Map<String, Double> AIMS = Map.of("float32", 1.3, "bfloat16", 1.6);
  private static final Map<String, Double> AIMS_OF_TEXTS = Map.of("float32", 1.2, "bfloat16", 1.5);
  private static final Map<String, Double> AIM_OF_VALUES = Map.of("float32", 1.2);

  private static final RecurrentStack OF_ROWS = stack(128, 1, 0.5);

  /** Words and marks in the 25,000 training reviews of IMDB, by twentieths. */
  private static final List<Integer> REVIEWS =
      List.of(
          11, 80, 115, 139, 149, 158, 168, 178, 190, 204, 220, 238, 260, 288, 320, 360, 412, 480,
          580, 756, 2883);

  /** Words in the 8,936 training sentences of CoNLL-2000, by twentieths. */
  private static final List<Integer> SENTENCES =
      List.of(1, 7, 10, 12, 14, 16, 17, 18, 20, 21, 23, 24, 26, 27, 29, 31, 33, 35, 39, 44, 78);

  private static final HeadSpec OF_TRANSLATIONS =
      new HeadSpec(
          "decoder",
          8_000,
          new Options(
              Map.of(
                  "units", "256",
                  "attention", "general",
                  "dropout", "0.2",
                  "labels_per_step", "1",
                  "more_labels", "0")));

  private static final HeadSpec OF_REVIEWS =
      new HeadSpec("classifier", 2, new Options(Map.of("pooling", "max")));

  /** Seven channels a day ahead by the hour. */
  private static final HeadSpec OF_FORECASTS =
      new HeadSpec("regression", 7 * 24, new Options(Map.of("pooling", "last")));

  private static final HeadSpec OF_CLIPS =
      new HeadSpec("classifier", 8, new Options(Map.of("pooling", "last")));

  /**
   * All there are: the reviews as conf/sentiment.conf has them, chunks without characters,
   * sentences of 5 to 40 words with translations as long, recordings of 2.4 to 4.8 seconds in the
   * steps of conf/speech.conf, a week of hours of seven channels, and clips of ten frames as
   * conf/clips.conf has them.
   */
  static final List<RowsConfiguration> ALL =
      List.of(
          new RowsConfiguration(
              "classifier", ofIds(30_000, 128, OF_ROWS, OF_REVIEWS), 32, 400, REVIEWS, AIMS),
          new RowsConfiguration(
              "tagger",
              ofIds(10_000, 100, OF_ROWS, new HeadSpec("tagger", 23)),
              16,
              100,
              SENTENCES,
              AIMS),
          new RowsConfiguration(
              "tagger-crf",
              ofIds(10_000, 100, OF_ROWS, new HeadSpec("crf", 23)),
              16,
              100,
              SENTENCES,
              AIMS),
          new RowsConfiguration(
              "translator",
              ofIds(8_000, 256, stack(256, 2, 0.2), OF_TRANSLATIONS),
              64,
              40,
              List.of(5, 40),
              AIMS_OF_TEXTS),
          new RowsConfiguration(
              "transcriber", transcriber(), 32, 240, List.of(120, 240), AIMS_OF_TEXTS),
          new RowsConfiguration(
              "forecaster", forecaster(), 32, 168, List.of(168, 168), AIM_OF_VALUES),
          new RowsConfiguration("clips", clips(), 16, 10, List.of(10, 10), AIM_OF_VALUES));

  /**
   * The configuration of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static RowsConfiguration named(String name) {
    return ALL.stream()
        .filter(configuration -> configuration.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "no configuration %s among %s",
                        name,
                        ALL.stream().map(RowsConfiguration::name).toList())));
  }

  private static RecurrentStack stack(int units, int layers, double dropout) {
    return new RecurrentStack(CellSpec.of("lstm", units), layers, dropout, false, true);
  }

  private static NetworkSpec ofIds(
      int vocabulary, int embedding, RecurrentStack stack, HeadSpec head) {
    return new NetworkSpec(stack.over(new Embedding(vocabulary, embedding)), head);
  }

  /** Two frames of 40 bands and their deltas in each step; 29 characters and the blank. */
  private static NetworkSpec transcriber() {
    return new NetworkSpec(stack(96, 2, 0.3).over(new Values(160)), new HeadSpec("ctc", 30));
  }

  private static NetworkSpec forecaster() {
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 128), 1, 0);
    return new NetworkSpec(stack.over(new Values(7)), OF_FORECASTS);
  }

  private static NetworkSpec clips() {
    var frame = new ImageShape(16, 16, 1);
    var first = new Convolution(frame, 8, 3, 2, 1, "relu");
    var second = new Convolution(first.output(), 16, 3, 2, 1, "relu");
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 64), 1, 0);
    var layers = new ArrayList<LayerSpec>(stack.over(new Values(frame.values())));
    layers.addAll(1, List.of(first, second));
    return new NetworkSpec(layers, OF_CLIPS);
  }

  /**
   * Labels of a sequence of so many steps: one if they are pooled, one for each word that is
   * translated, and for sound one in eight steps, about as many letters as connected digits have.
   * With two equal letters side by side these need a quarter of the steps at most.
   */
  int labels(int steps) {
    HeadSpec head = network.head();
    if (!head.head().predictsLength()) {
      return 1;
    }
    return hasBlank() ? steps / 8 : steps;
  }

  /** Classes that labels and tags are below. */
  int symbols() {
    return network.head().outputs() - (hasBlank() ? 1 : 0);
  }

  private boolean hasBlank() {
    return network.head().type().equals("ctc");
  }

  /** Lengths of so many sequences, drawn from the quantiles and cut. */
  List<Integer> lengths(int count, CounterRandom random) {
    var lengths = new ArrayList<Integer>();
    int gaps = quantiles.size() - 1;
    for (int i = 0; i < count; i++) {
      double place = random.uniform(i) * gaps;
      int below = (int) place;
      int least = quantiles.get(below);
      double length = least + (place - below) * (quantiles.get(below + 1) - least);
      lengths.add(Math.min(longest, (int) length));
    }
    return lengths;
  }
}
