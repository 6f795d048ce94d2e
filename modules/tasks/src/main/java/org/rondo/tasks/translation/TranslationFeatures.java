package org.rondo.tasks.translation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.texts.Bleu;
import org.rondo.evaluation.texts.Chrf;
import org.rondo.evaluation.texts.TextMetric;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TextComparison;

/** The vocabularies of both sides. */
final class TranslationFeatures implements Features {
  static final int VERSION = 1;

  private static final List<TextScore> SCORES = List.of(new Bleu(), new Chrf());

  /**
   * What its JSON holds.
   *
   * @param source tokens of sources
   * @param target tokens of targets; the label behind them is the end
   * @param limits how long a row may be
   * @param search how translations are searched for
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      Vocabulary source,
      Vocabulary target,
      LengthLimits limits,
      String metric,
      TranslationSearch search,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unless(TranslationPlan.METRICS.contains(metric), "metric", metric, "is none");
      Tokenizer.named(source.tokenizer()); // there, or said at once
      Tokenizer.named(target.tokenizer());
    }

    Contents with(LengthLimits lengths, TranslationSearch asked) {
      return new Contents(version, task, source, target, lengths, metric, asked, training);
    }
  }

  private final Contents contents;
  private final SideTokens sources;
  private final SideTokens targets;
  private final TargetText text;

  TranslationFeatures(Contents contents) {
    this.contents = contents;
    sources = side(TranslationTask.SOURCE, contents.source());
    targets = side(TranslationTask.TARGET, contents.target());
    text = new TargetText(contents.target());
  }

  private static SideTokens side(String role, Vocabulary vocabulary) {
    return new SideTokens(role, vocabulary.tokenizer(), vocabulary.lowercase());
  }

  static TranslationFeatures read(String json) {
    return new TranslationFeatures(
        FeaturesJson.read(json, TranslationTask.NAME, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return TranslationTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  @Override
  public Features predicting(TaskSettings settings) {
    TranslationSearch search = TranslationSearch.of(settings);
    search.requireRoom(contents.target().size(), settings);
    return new TranslationFeatures(contents.with(contents.limits().predicting(settings), search));
  }

  @Override
  public Features explaining() {
    return new TranslationFeatures(
        contents.with(contents.limits(), contents.search().showingAttention()));
  }

  /** Tokens of the target, and the end behind them. */
  private int classes() {
    return text.end() + 1;
  }

  @Override
  public SequenceShape shape() {
    return new SequenceShape(List.of(contents.source().size()), 0, classes(), 0);
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    var own = new Counts();
    List<String> source = source(row, own);
    int[] ids = ids(source, contents.source(), "source", own);
    Sequence sequence = Sequence.ofIds(ids);
    if (row.has(TranslationTask.TARGET)) {
      sequence = sequence.withLabels(labels(row, ids.length, own));
    }
    own.add("rows", 1);
    counts.merge(own);
    return sequence;
  }

  private List<String> source(Example row, Counts counts) {
    return contents.limits().source(row, sources.of(row, contents.source()), counts);
  }

  /** A target that was cut has no end. */
  private int[] labels(Example row, int steps, Counts counts) {
    List<String> all = targets.of(row, contents.target());
    List<String> kept = contents.limits().target(row, all, steps, counts);
    int[] ids = ids(kept, contents.target(), "target", counts);
    if (kept.size() < all.size()) {
      return ids;
    }
    var ended = new int[ids.length + 1];
    System.arraycopy(ids, 0, ended, 0, ids.length);
    ended[ids.length] = text.end();
    return ended;
  }

  private static int[] ids(List<String> tokens, Vocabulary vocabulary, String side, Counts counts) {
    int[] ids = tokens.stream().mapToInt(vocabulary::id).toArray();
    long unknown = 0;
    for (int id : ids) {
      unknown += id == Vocabulary.UNKNOWN_ID ? 1 : 0;
    }
    counts.add(side + " tokens", ids.length);
    counts.add("unknown " + side + " tokens", unknown);
    return ids;
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    AttentionPlan plan = AttentionPlan.of(settings);
    var options = new TreeMap<String, String>(plan.options(stack));
    options.putAll(contents.limits().options());
    options.putAll(TranslationSearch.GREEDY.options());
    return new NetworkSpec(
        stack.over(new Embedding(contents.source().size(), plan.embedding(stack))),
        new HeadSpec(AttentionPlan.HEAD, classes(), new Options(options)));
  }

  @Override
  public NetworkSpec searching(NetworkSpec network) {
    var options = new TreeMap<String, String>(network.head().options().values());
    options.putAll(contents.search().options());
    return new NetworkSpec(
        network.layers(),
        new HeadSpec(network.head().type(), network.head().outputs(), new Options(options)));
  }

  @Override
  public Optional<Illustrator> illustrator(TaskSettings settings) {
    return Optional.of(
        new AttentionIllustrator(
            explaining(),
            Tokenizer.named(contents.source().tokenizer()),
            Tokenizer.named(contents.target().tokenizer())));
  }

  @Override
  public List<Metric> metrics() {
    return Metric.first(
        contents.metric(),
        SCORES.stream().<Metric>map(score -> new TextMetric(score, text)).toList());
  }

  @Override
  public Optional<TextComparison> texts() {
    return Optional.of(
        new TextComparison(TranslationTask.TARGET, TranslationDecoder.PREDICTION, SCORES));
  }

  @Override
  public Decoder decoder() {
    return new TranslationDecoder(
        row -> source(row, new Counts()), contents.source().tokenizer(), text, contents.search());
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "translation of %s (%s) to %s (%s)%s",
        Counted.of(contents.source().size(), "token"),
        contents.source().tokenizer(),
        Counted.of(contents.target().size(), "token"),
        contents.target().tokenizer(),
        Counts.listed(contents.training()));
  }
}
