package org.rondo.tasks.classification;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.RowWeight;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.RowInput;

/** Labels, and a vocabulary or scales. */
final class ClassificationFeatures implements Features {
  static final int VERSION = 1;

  /**
   * What its JSON holds.
   *
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      RowInput input,
      boolean severalLabels,
      LabelSet labels,
      String metric,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unless(
          severalLabels || labels.size() > 1, "labels", labels, "must be two at least");
      ClassificationMetrics.of(labels.names(), severalLabels, metric);
    }
  }

  private final Contents contents;

  ClassificationFeatures(Contents contents) {
    this.contents = contents;
  }

  static ClassificationFeatures read(String json) {
    return new ClassificationFeatures(
        FeaturesJson.read(json, ClassificationTask.NAME, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return ClassificationTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  @Override
  public SequenceShape shape() {
    return contents.severalLabels()
        ? contents.input().shape(0, contents.labels().size())
        : contents.input().shape(contents.labels().size(), 0);
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    var own = new Counts();
    Sequence sequence = contents.input().sequence(row, own);
    if (row.has(ClassificationTask.LABEL)) {
      sequence = withTarget(sequence, row);
    }
    Sequence weighted = RowWeight.with(sequence, row);
    counts.merge(own);
    return weighted;
  }

  private Sequence withTarget(Sequence sequence, Example row) {
    Set<String> found = RowLabels.of(row, contents.severalLabels());
    var marks = new float[contents.labels().size()];
    int last = 0;
    for (String label : found) {
      last = contents.labels().index(row, ClassificationTask.LABEL, label);
      marks[last] = 1;
    }
    return contents.severalLabels() ? sequence.withFinalValues(marks) : sequence.withLabel(last);
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    NetworkPlan plan = NetworkPlan.of(settings);
    String head = contents.severalLabels() ? "multi-label" : "classifier";
    return new NetworkSpec(
        plan.images().in(contents.input().layers(stack, plan.embedding())),
        new HeadSpec(head, contents.labels().size(), plan.head(contents.labels())));
  }

  @Override
  public Set<String> inputs() {
    return Set.of(contents.input().role());
  }

  @Override
  public List<Metric> metrics() {
    return ClassificationMetrics.of(
        contents.labels().names(), contents.severalLabels(), contents.metric());
  }

  @Override
  public List<String> labels() {
    return contents.labels().names();
  }

  @Override
  public Decoder decoder() {
    return new ClassificationDecoder(contents.labels(), contents.severalLabels());
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "classification by %s (%s) of %s%s",
        Counted.of(contents.labels().size(), "label"),
        contents.labels(),
        contents.input().summary(),
        Counts.listed(contents.training()));
  }
}
