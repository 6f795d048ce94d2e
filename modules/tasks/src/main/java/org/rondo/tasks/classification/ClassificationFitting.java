package org.rondo.tasks.classification;

import java.util.Locale;
import java.util.Set;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Counted;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LabelCounts;
import org.rondo.tasks.RowWeight;
import org.rondo.tasks.inputs.InputsFitting;
import org.rondo.tasks.inputs.RowInput;

/** Labels and inputs of the training rows. */
final class ClassificationFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final ClassificationPlan plan;

  private final LabelCounts labels = new LabelCounts();
  private final Counts counts = new Counts();
  private final InputsFitting inputs;

  /**
   * @param given JSON of a vocabulary; empty if none was given
   */
  ClassificationFitting(ClassificationPlan plan, String given) {
    this.plan = plan;
    inputs = new InputsFitting(plan.inputs(), given);
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
    RowWeight.check(row);
    Set<String> found = RowLabels.of(row, plan.severalLabels());
    inputs.add(row, counts);
    found.forEach(labels::add);
  }

  @Override
  public void merge(Fitting other) {
    var next = (ClassificationFitting) other;
    labels.merge(next.labels);
    counts.merge(next.counts);
    inputs.merge(next.inputs);
  }

  @Override
  public Features features() {
    long rows = counts.of("rows");
    require(rows > 0, "there are no training rows");
    require(
        labels.size() > (plan.severalLabels() ? 0 : 1),
        "there is no label%s in %s; there is nothing to tell apart",
        labels.size() == 0 ? "" : " but '" + labels.labels().name(0) + "'",
        Counted.of(rows, "training row"));
    var all = new Counts();
    all.merge(counts);
    RowInput found = inputs.input(all);
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
