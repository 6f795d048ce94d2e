package org.rondo.tasks.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LabelCounts;
import org.rondo.tasks.LabelSet;

/** Tokens and tags of the training rows. */
final class TaggingFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final TaggingPlan plan;

  /** JSON of a vocabulary of words; empty if none was given. */
  private final String given;

  /** Words first. */
  private final ArrayList<ColumnFitting> columns = new ArrayList<>();

  private final LabelCounts tags = new LabelCounts();
  private final SchemeCounts schemes = new SchemeCounts();
  private final Counts counts = new Counts();

  TaggingFitting(TaggingPlan plan, String given) {
    this.plan = plan;
    this.given = given;
    boolean lowercase = given.isEmpty() ? plan.lowercase() : Vocabulary.fromJson(given).lowercase();
    columns.add(new ColumnFitting(TaggingTask.TOKENS, TokenColumn.TAKEN, lowercase, 1));
    if (plan.shapes()) {
      columns.add(new ColumnFitting(TaggingTask.TOKENS, TokenColumn.SHAPES, false, 1));
    }
    for (String role : plan.columns()) {
      columns.add(new ColumnFitting(role, TokenColumn.TAKEN, false, 1));
    }
    if (plan.characters() > 0) {
      columns.add(
          new ColumnFitting(TaggingTask.TOKENS, TokenColumn.CHARACTERS, false, plan.characters()));
    }
  }

  @Override
  public void add(Example row) {
    var tokens = new ArrayList<List<String>>();
    for (ColumnFitting column : columns) {
      tokens.add(TaggedRow.tokens(row, column.role()));
    }
    List<String> found = TaggedRow.tags(row, plan.toIobes());
    if (plan.legalOnly() && !plan.toIobes()) {
      TaggedRow.requireTagsOfChunks(row, found);
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(tokens.get(i));
    }
    schemes.add(row.tokens(TaggingTask.TAGS));
    found.forEach(tags::add);
    counts.add("rows", 1);
    counts.add("tokens", found.size());
    counts.add("empty rows", found.isEmpty() ? 1 : 0);
  }

  @Override
  public void merge(Fitting other) {
    var next = (TaggingFitting) other;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).counts().merge(next.columns.get(i).counts());
    }
    tags.merge(next.tags);
    schemes.merge(next.schemes);
    counts.merge(next.counts);
  }

  @Override
  public Features features() {
    if (tags.size() < 2) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "tagging: there is no tag%s in %s with %s; there is nothing to tell apart",
              tags.size() == 0 ? "" : " but " + tags.labels().name(0),
              Counted.of(counts.of("rows"), "training row"),
              Counted.of(counts.of("tokens"), "token")));
    }
    LabelSet found = plan.toIobes() ? TaggedRow.withAllOfIobes(tags.labels()) : tags.labels();
    ChunkScheme scheme =
        ChunkScheme.tagsChunks(found.names()) ? schemes.scheme() : ChunkScheme.NONE;
    if (plan.legalOnly() && !plan.toIobes() && scheme == ChunkScheme.IOB1) {
      throw new ValueException(
          "tagging.legal_only",
          true,
          "says nothing of IOB1, which these tags are; set tagging.scheme = iobes");
    }
    var known = new ArrayList<TokenColumn>();
    known.add(words());
    for (ColumnFitting column : columns.subList(1, columns.size())) {
      known.add(column.column(VocabularyPlan.EVERYTHING));
    }
    var all = new Counts();
    all.merge(counts);
    all.add("unknown tokens", columns.get(0).counts().unknown(known.get(0).vocabulary()));
    return new TaggingFeatures(
        new TaggingFeatures.Contents(
            TaggingFeatures.VERSION,
            TaggingTask.NAME,
            known,
            found,
            scheme,
            plan.toIobes(),
            plan.legalOnly(),
            plan.metric(),
            all.all()));
  }

  private TokenColumn words() {
    return given.isEmpty()
        ? columns.get(0).column(plan.words())
        : new TokenColumn(
            TaggingTask.TOKENS, Vocabulary.fromJson(given).withTokenizer(TokenColumn.TAKEN), 1);
  }
}
