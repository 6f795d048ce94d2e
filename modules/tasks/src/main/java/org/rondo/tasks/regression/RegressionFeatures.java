package org.rondo.tasks.regression;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.RowWeight;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.ImagePlan;
import org.rondo.tasks.inputs.RowInput;
import org.rondo.tasks.inputs.Scale;
import org.rondo.tasks.pictures.FramePicture;

/** Scales of the targets, and a vocabulary or scales of the inputs. */
final class RegressionFeatures implements Features {
  static final int VERSION = 1;

  /**
   * What its JSON holds.
   *
   * @param kind what has a target
   * @param targets {@code (O)}: how each number of a target is scaled
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      RowInput input,
      @JsonProperty("perStep") TargetKind kind,
      List<Scale> targets,
      String metric,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unless(!targets.isEmpty(), "targets", targets, "must not be empty");
      targets.forEach(scale -> ValueException.unlessGiven("targets", scale));
      targets = List.copyOf(targets);
      ValueException.unlessGiven("perStep", kind);
      RegressionMetrics.of(targets, kind, metric);
    }
  }

  private final Contents contents;

  RegressionFeatures(Contents contents) {
    this.contents = contents;
  }

  static RegressionFeatures read(String json) {
    return new RegressionFeatures(
        FeaturesJson.read(json, RegressionTask.NAME, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return RegressionTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  private int outputs() {
    return contents.targets().size();
  }

  @Override
  public SequenceShape shape() {
    return contents.input().shape(0, outputs());
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    var own = new Counts();
    Sequence sequence = contents.input().sequence(row, own);
    if (contents.kind().isPerStep()) {
      sequence = withSteps(sequence, row, own);
    } else if (row.has(RegressionTask.TARGET)) {
      sequence = withTarget(sequence, row);
    }
    Sequence weighted = RowWeight.with(sequence, row);
    counts.merge(own);
    return weighted;
  }

  private Sequence withTarget(Sequence sequence, Example row) {
    var scaled = new float[outputs()];
    scale(row, RowTargets.ofRow(row), scaled, 0);
    return sequence.withFinalValues(scaled);
  }

  private Sequence withSteps(Sequence sequence, Example row, Counts counts) {
    int steps = contents.input().steps(row);
    RowTargets.requireSteps(row, steps);
    if (contents.kind().hasColumn() && !row.has(RegressionTask.TARGET)) {
      return sequence;
    }
    double[][] found = RowTargets.ofSteps(row, contents.kind(), steps);
    double[][] targets = contents.input().limit().of(found);
    RowTargets.countGaps(targets, counts);
    var scaled = new float[targets.length * outputs()];
    var there = new boolean[targets.length];
    for (int t = 0; t < targets.length; t++) {
      RowTargets.requireWidth(row, targets[t].length, outputs());
      there[t] = RowTargets.isThere(targets[t]);
      if (there[t]) {
        scale(row, targets[t], scaled, t * outputs());
      }
    }
    return sequence.withStepValues(scaled, there);
  }

  private void scale(Example row, double[] target, float[] scaled, int from) {
    RowTargets.requireWidth(row, target.length, outputs());
    for (int o = 0; o < target.length; o++) {
      Scale scale = contents.targets().get(o);
      scaled[from + o] = scale.scaled(target[o]);
      if (!Float.isFinite(scaled[from + o])) {
        throw RowTargets.refused(
            row,
            "holds %s, too far from the training rows' mean %s of deviation %s",
            target[o],
            scale.mean(),
            scale.deviation());
      }
    }
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    ValueException.unless(
        contents.kind() != TargetKind.NEXT || !stack.bidirectional(),
        "network.bidirectional",
        true,
        "sees the step to forecast where regression.target = next; it must be false");
    RegressorPlan plan = RegressorPlan.of(settings);
    return new NetworkSpec(
        plan.images().in(contents.input().layers(stack, plan.embedding())),
        plan.head(outputs(), contents.kind().isPerStep()));
  }

  @Override
  public Set<String> inputs() {
    return Set.of(contents.input().role());
  }

  @Override
  public Optional<Illustrator> illustrator(TaskSettings settings) {
    return contents.kind() == TargetKind.NEXT
        ? ImagePlan.of(settings)
            .image()
            .filter(shape -> FramePicture.frames(shape) > 0)
            .map(shape -> new FrameIllustrator(this, contents.input().role(), shape))
        : Optional.empty();
  }

  @Override
  public List<Metric> metrics() {
    return RegressionMetrics.of(contents.targets(), contents.kind(), contents.metric());
  }

  @Override
  public Decoder decoder() {
    return new RegressionDecoder(contents.targets(), contents.kind().isPerStep());
  }

  @Override
  public String summary() {
    if (contents.kind() == TargetKind.NEXT) {
      return String.format(
          Locale.ROOT,
          "regression of the next step of %s%s",
          contents.input().summary(),
          Counts.listed(contents.training()));
    }
    String targets =
        contents.targets().stream()
            .map(
                scale ->
                    String.format(
                        Locale.ROOT, "mean %.4g +- %.4g", scale.mean(), scale.deviation()))
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        "regression of %s (%s) for each %s of %s%s",
        Counted.of(outputs(), "number"),
        targets,
        contents.kind().isPerStep() ? "step" : "row",
        contents.input().summary(),
        Counts.listed(contents.training()));
  }
}
