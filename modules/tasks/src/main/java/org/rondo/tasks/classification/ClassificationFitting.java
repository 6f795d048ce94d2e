package org.rondo.tasks.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LabelCounts;

/** Labels and inputs of the training rows. */
final class ClassificationFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final ClassificationPlan plan;

  /** JSON of a vocabulary; empty if none was given. */
  private final String given;

  private final LabelCounts labels = new LabelCounts();
  private final Counts counts = new Counts();

  /** Null before the first row. */
  private InputFitting input;

  ClassificationFitting(ClassificationPlan plan, String given) {
    this.plan = plan;
    this.given = given;
  }

  /** That nothing can be learned of these rows. */
  static IngestException refused(String sentence, Object... values) {
    return new IngestException(
        ClassificationTask.NAME + ": " + String.format(Locale.ROOT, sentence, values));
  }

  static void require(boolean kept, String sentence, Object... values) {
    if (!kept) {
      throw refused(sentence, values);
    }
  }

  @Override
  public void add(Example row) {
    InputKind kind = kind(row);
    Set<String> found = RowLabels.of(row, plan.severalLabels());
    InputFitting next = input == null ? fitting(kind) : input;
    if (next.kind() != kind) {
      throw row.refused(
          kind.role(),
          String.format(Locale.ROOT, "has a value, where rows before had %s", next.kind().role()));
    }
    next.add(row, counts);
    input = next;
    found.forEach(labels::add);
  }

  private InputFitting fitting(InputKind kind) {
    return kind == InputKind.SERIES ? new SeriesFitting(plan) : new TokenFitting(kind, plan, given);
  }

  private InputKind kind(Example row) {
    List<InputKind> kinds = Arrays.stream(InputKind.values()).filter(plan::allows).toList();
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    List<InputKind> there = kinds.stream().filter(kind -> row.has(kind.role())).toList();
    if (there.isEmpty()) {
      throw row.refused("text", "has no value, nor has tokens or series");
    }
    if (there.size() > 1) {
      throw row.refused(
          there.get(0).role(),
          String.format(
              Locale.ROOT,
              "has a value as %s has: choose one by %s.input",
              there.get(1).role(),
              ClassificationTask.NAME));
    }
    return there.get(0);
  }

  @Override
  public void merge(Fitting other) {
    var next = (ClassificationFitting) other;
    labels.merge(next.labels);
    counts.merge(next.counts);
    if (input == null) {
      input = next.input;
    } else if (next.input != null) {
      require(
          input.kind() == next.input.kind(),
          "some training rows have %s, others %s",
          input.kind().role(),
          next.input.kind().role());
      input.merge(next.input);
    }
  }

  @Override
  public Features features() {
    long rows = counts.of("rows");
    require(rows > 0, "there are no training rows");
    require(
        labels.size() > (plan.severalLabels() ? 0 : 1),
        labels.size() == 0
            ? "none of %d training rows has a label"
            : "all of %d training rows have the label '%s'; there is nothing to tell apart",
        rows,
        labels.size() == 0 ? "" : labels.labels().name(0));
    var all = new Counts();
    all.merge(counts);
    RowInput found = input.input(all);
    return new ClassificationFeatures(
        new ClassificationFeatures.Contents(
            ClassificationFeatures.VERSION,
            ClassificationTask.NAME,
            found,
            plan.severalLabels(),
            labels.labels(),
            plan.metric(),
            all.all()));
  }
}
