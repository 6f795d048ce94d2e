package org.rondo.tasks.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.metrics.ChunkF1;
import org.rondo.evaluation.metrics.TokenAccuracy;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.TaskSettings;

/** Vocabularies of every column of tokens, and tags. */
final class TaggingFeatures implements Features {
  static final int VERSION = 1;

  /**
   * What its JSON holds.
   *
   * @param columns words first
   * @param tags that the network learns
   * @param scheme of the training rows' tags
   * @param toIobes whether tags are turned into those of IOBES, and back
   * @param legalOnly whether tags that break their scheme are refused and never predicted
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      List<TokenColumn> columns,
      LabelSet tags,
      ChunkScheme scheme,
      boolean toIobes,
      boolean legalOnly,
      String metric,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unless(!columns.isEmpty(), "columns", columns, "must not be empty");
      ValueException.unless(tags.size() > 1, "tags", tags, "must be two at least");
      ValueException.unless(
          scheme != ChunkScheme.NONE || !(toIobes || legalOnly || metric.equals("chunk-f1")),
          "tags",
          tags,
          "must be of chunks (O, B-TYPE, I-TYPE, ..) for scheme = iobes, legal_only and chunk-f1");
      columns = List.copyOf(columns);
    }
  }

  private final Contents contents;
  private final IllegalTags illegal;

  TaggingFeatures(Contents contents) {
    this.contents = contents;
    ChunkScheme learned = contents.toIobes() ? ChunkScheme.IOBES : contents.scheme();
    this.illegal = new IllegalTags(contents.tags().names(), learned);
  }

  static TaggingFeatures read(String json) {
    return new TaggingFeatures(FeaturesJson.read(json, TaggingTask.NAME, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return TaggingTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  @Override
  public SequenceShape shape() {
    List<Integer> bounds =
        contents.columns().stream().flatMap(column -> column.bounds().stream()).toList();
    return new SequenceShape(bounds, 0, contents.tags().size(), 0);
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    int length = row.tokens(TaggingTask.TOKENS).size();
    int width = contents.columns().stream().mapToInt(TokenColumn::length).sum();
    int[] ids = ids(row, length, width);
    // A row without tokens is one unknown token that nobody asks about.
    Sequence sequence = Sequence.ofIds(ids, width);
    if (row.has(TaggingTask.TAGS) && length > 0) {
      sequence = sequence.withTags(tags(row));
    }
    long unknown = 0;
    for (int t = 0; t < length; t++) {
      unknown += ids[t * width] == Vocabulary.UNKNOWN_ID ? 1 : 0;
    }
    counts.add("rows", 1);
    counts.add("tokens", length);
    counts.add("unknown tokens", unknown);
    counts.add("empty rows", length == 0 ? 1 : 0);
    return sequence;
  }

  /** {@code (length,width)}; of one step at least. */
  private int[] ids(Example row, int length, int width) {
    var ids = new int[Math.max(1, length) * width];
    int first = 0;
    for (TokenColumn column : contents.columns()) {
      List<String> tokens = TaggedRow.tokens(row, column.role());
      for (int t = 0; t < length; t++) {
        column.write(tokens.get(t), ids, t * width + first);
      }
      first += column.length();
    }
    return ids;
  }

  private int[] tags(Example row) {
    List<String> tags = TaggedRow.tags(row, contents.toIobes());
    int at = contents.legalOnly() ? illegal.firstIllegal(tags) : -1;
    if (at >= 0) {
      throw row.refused(
          TaggingTask.TAGS,
          String.format(
              Locale.ROOT,
              "breaks its scheme at token %d (%s); %s.scheme = iobes mends such tags",
              at,
              at == tags.size() ? "the end" : tags.get(at),
              TaggingTask.NAME));
    }
    return tags.stream()
        .mapToInt(tag -> contents.tags().index(row, TaggingTask.TAGS, tag))
        .toArray();
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    TaggerPlan plan = TaggerPlan.of(settings);
    Options options =
        contents.legalOnly() ? new Options(Map.of("illegal", illegal.option())) : Options.NONE;
    String head = plan.crf() ? "crf" : "tagger";
    return new NetworkSpec(
        layers(stack, plan), new HeadSpec(head, contents.tags().size(), options));
  }

  private List<LayerSpec> layers(RecurrentStack stack, TaggerPlan plan) {
    TokenColumn words = contents.columns().get(0);
    if (contents.columns().size() == 1 && plan.embedding() == 0) {
      return stack.over(words.bound());
    }
    int units = plan.embedding() == 0 ? stack.cell().units() : plan.embedding();
    var parts = new ArrayList<InputLayerSpec>();
    parts.add(stack.embedding(words.bound(), units));
    for (TokenColumn column : contents.columns().subList(1, contents.columns().size())) {
      parts.add(column.isOfCharacters() ? characters(column, plan) : embedding(column, plan));
    }
    return stack.over(parts.size() == 1 ? parts.get(0) : new Columns(parts));
  }

  private static InputLayerSpec characters(TokenColumn column, TaggerPlan plan) {
    int units = plan.characterUnits();
    return new Characters(column.bound(), column.length(), units, CellSpec.of("lstm", units));
  }

  private static InputLayerSpec embedding(TokenColumn column, TaggerPlan plan) {
    return new Embedding(column.bound(), plan.columnEmbedding());
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<Metric>();
    if (contents.scheme() != ChunkScheme.NONE) {
      metrics.add(new ChunkF1(contents.tags().names()));
    }
    metrics.add(new TokenAccuracy());
    return Metric.first(contents.metric(), metrics);
  }

  @Override
  public List<String> labels() {
    return contents.tags().names();
  }

  @Override
  public Decoder decoder() {
    ChunkScheme written = contents.toIobes() ? contents.scheme() : ChunkScheme.NONE;
    return new TaggingDecoder(contents.tags(), written);
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "tagging by %s (%s) of %s%s",
        Counted.of(contents.tags().size(), "tag"),
        contents.tags(),
        Counted.of(contents.columns().get(0).vocabulary().size(), "word"),
        Counts.listed(contents.training()));
  }
}
