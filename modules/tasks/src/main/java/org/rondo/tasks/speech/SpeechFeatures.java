package org.rondo.tasks.speech;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.metrics.SymbolErrorRate;
import org.rondo.evaluation.metrics.WordErrorRate;
import org.rondo.evaluation.texts.TextErrorRate;
import org.rondo.ingest.audio.SpeechFrames;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.LanguageModel;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TextComparison;
import org.rondo.tasks.inputs.AudioPlan;
import org.rondo.tasks.inputs.AudioReader;
import org.rondo.tasks.inputs.Scale;

/** How sound is read and scaled, and the symbols that are spoken. */
final class SpeechFeatures implements Features {
  static final int VERSION = 3;

  /** Version 1 told nothing of a search, and version 2 knew characters alone. */
  private static final List<FeaturesJson.Upgrade> UPGRADES =
      List.of(
          features -> {
            features
                .putObject("search")
                .put("beam", SpeechSearch.AS_TRAINED)
                .put("weight", 0.0)
                .put("bonus", 0.0);
            features.putArray("languageModels");
          },
          features -> {
            features.withObject("/text").put("symbols", SpokenText.CHARACTERS);
            features.set("symbols", features.remove("characters"));
          });

  /**
   * What its JSON holds.
   *
   * @param sound how sound becomes steps
   * @param scales of each value of a step
   * @param text how transcripts become symbols
   * @param symbols that the network learns
   * @param search how transcripts are found
   * @param languageModels one that helps to find them, or none
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      SpeechFrames sound,
      double maximumSeconds,
      List<Scale> scales,
      SpokenText text,
      LabelSet symbols,
      String metric,
      SpeechSearch search,
      List<LanguageModel> languageModels,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unlessGiven("sound", sound);
      ValueException.unlessGiven("text", text);
      Scale.requireCount(scales, sound.width());
      ValueException.unless(SpeechPlan.metrics(text).contains(metric), "metric", metric, "is none");
      ValueException.unlessGiven("search", search);
      scales = List.copyOf(scales);
      languageModels = List.copyOf(languageModels);
    }

    Contents with(SpeechSearch other, List<LanguageModel> models) {
      return new Contents(
          version,
          task,
          sound,
          maximumSeconds,
          scales,
          text,
          symbols,
          metric,
          other,
          models,
          training);
    }
  }

  private final Contents contents;
  private final AudioReader reader;

  SpeechFeatures(Contents contents) {
    this.contents = contents;
    this.reader = new AudioReader(new AudioPlan(contents.sound(), contents.maximumSeconds()));
  }

  static SpeechFeatures read(String json) {
    return new SpeechFeatures(
        FeaturesJson.read(json, SpeechTask.NAME, UPGRADES, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return SpeechTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  @Override
  public Features predicting(TaskSettings settings) {
    return new SpeechFeatures(contents.with(SpeechSearch.of(settings), List.of()));
  }

  @Override
  public Features with(LanguageModel model) {
    TranscriptModel.requireKnown(model, contents.text(), contents.symbols().names());
    return new SpeechFeatures(contents.with(contents.search(), List.of(model)));
  }

  /** Symbols, and the blank behind them. */
  private int classes() {
    return contents.symbols().size() + 1;
  }

  @Override
  public SequenceShape shape() {
    return new SequenceShape(List.of(), contents.sound().width(), classes(), 0);
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    float[][] steps = reader.steps(row);
    boolean said = row.has(SpeechTask.TRANSCRIPT);
    List<String> transcript = said ? contents.text().of(row) : List.of();
    LabelSet known = contents.symbols();
    int[] label =
        transcript.stream()
            .mapToInt(symbol -> known.index(row, SpeechTask.TRANSCRIPT, symbol))
            .toArray();
    contents.text().requireRoom(row, transcript, steps.length);
    if (said && label.length == 0) {
      counts.add("empty transcripts", 1);
    }
    counts.add("rows", 1);
    counts.add("steps", steps.length);
    counts.add(contents.text().symbols(), label.length);
    return Scale.sequence(steps, contents.scales()).withLabels(label);
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    List<LayerSpec> layers = stack.over(new Values(contents.sound().width()));
    return new NetworkSpec(SpeechMasks.of(settings).over(layers, contents.sound().mels()), head(0));
  }

  private HeadSpec head(int beam) {
    Options options = beam == 0 ? Options.NONE : new Options(Map.of("beam", beam + ""));
    return new HeadSpec("ctc", classes(), options);
  }

  /** Where a language model helps, the search is the decoder's. */
  @Override
  public NetworkSpec searching(NetworkSpec network) {
    int beam = contents.search().beam();
    return beam == SpeechSearch.AS_TRAINED
        ? network
        : new NetworkSpec(network.layers(), head(contents.languageModels().isEmpty() ? beam : 0));
  }

  @Override
  public List<Metric> metrics() {
    if (contents.text().isOfWords()) {
      return List.of(new SymbolErrorRate(SpeechPlan.WORD_ERRORS));
    }
    return Metric.first(
        contents.metric(),
        List.of(
            new SymbolErrorRate(SpeechPlan.CHARACTER_ERRORS),
            new WordErrorRate(contents.symbols().index(" "))));
  }

  @Override
  public Optional<TextComparison> texts() {
    boolean lowercase = contents.text().lowercase();
    var words = new TextErrorRate(TextErrorRate.Unit.WORD, lowercase);
    return Optional.of(
        new TextComparison(
            SpeechTask.TRANSCRIPT,
            SpeechDecoder.PREDICTION,
            contents.text().isOfWords()
                ? List.of(words)
                : List.of(new TextErrorRate(TextErrorRate.Unit.CHARACTER, lowercase), words)));
  }

  @Override
  public SpeechDecoder decoder() {
    return new SpeechDecoder(contents.symbols(), contents.text().between());
  }

  @Override
  public Decoder decoder(Kernels kernels) {
    if (contents.languageModels().isEmpty()) {
      return decoder();
    }
    var model =
        new TranscriptModel(contents.languageModels().get(0), contents.symbols().names(), kernels);
    return new SpelledDecoder(decoder(), contents.search(), model);
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "speech by %d %s (%s), %d values in each step%s",
        contents.symbols().size(),
        contents.text().symbols(),
        contents.symbols(),
        contents.sound().width(),
        Counts.listed(contents.training()));
  }
}
