package org.rondo.interop.dl4j;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.models.NetworkSpec;

/**
 * DL4J's data sets as sequences that a network takes. DL4J's arrays are {@code (B,F,T)}: for each
 * sequence and step a column of features or labels.
 *
 * <ul>
 *   <li>Features are {@code (B,F,T)} values; for a network of ids {@code (B,1,T)} or {@code (B,T)}
 *       ids, or {@code (B,V,T)} one-hot columns.
 *   <li>Labels of a class per step are {@code (B,C,T)} one-hot columns, or {@code (B,1,T)} or
 *       {@code (B,T)} numbers; of a class per sequence {@code (B,C)} one-hot rows, or {@code
 *       (B,1)}; of values {@code (B,F,T)} per step, {@code (B,F)} per sequence.
 *   <li>The features' mask {@code (B,T)} gives the sequences' lengths, so zeros stand behind ones;
 *       the labels' mask {@code (B,T)} says which steps are targets.
 * </ul>
 *
 * @param shape of the sequences
 * @param perSequence whether there is one target for each sequence, not for each step
 */
record DataSetSequences(SequenceShape shape, boolean perSequence) implements Serializable {
  /** What that network takes and predicts. */
  static DataSetSequences of(NetworkSpec network) {
    return new DataSetSequences(SequenceShape.of(network), network.labels(1) > 0);
  }

  /**
   * The sequences of a data set, in its order.
   *
   * @throws IngestException if features, labels or masks are not what the network takes, naming
   *     shapes and values
   */
  List<Sequence> of(DataSet data) {
    INDArray features = data.getFeatures();
    if (features == null || features.rank() < 2 || features.rank() > 3) {
      throw DataSetColumns.broken(
          String.format(
              Locale.ROOT,
              "features of shape %s; expected (B,F,T), or ids (B,T)",
              DataSetColumns.shape(features)));
    }
    int batch = (int) features.size(0);
    int[] lengths = DataSetColumns.lengths(data.getFeaturesMaskArray(), batch, steps(features));
    List<Sequence> inputs =
        shape.columns() > 0 ? ofIds(features, lengths) : ofValues(features, lengths);
    if (data.getLabels() == null || data.getLabels().size(0) != batch) {
      throw DataSetColumns.broken(
          String.format(
              Locale.ROOT,
              "labels of shape %s for features of shape %s",
              DataSetColumns.shape(data.getLabels()),
              DataSetColumns.shape(features)));
    }
    return perSequence ? withOne(inputs, data) : withSteps(inputs, data, steps(features));
  }

  private static int steps(INDArray features) {
    return (int) features.size(features.rank() - 1);
  }

  private List<Sequence> ofIds(INDArray features, int[] lengths) {
    int[][] ids =
        DataSetColumns.classes(
            "feature", features, shape.ids().get(0), DataSetColumns.counted(lengths));
    var all = new ArrayList<Sequence>();
    for (int b = 0; b < lengths.length; b++) {
      all.add(Sequence.ofIds(Arrays.copyOf(ids[b], lengths[b])));
    }
    return all;
  }

  private List<Sequence> ofValues(INDArray features, int[] lengths) {
    float[] values = DataSetColumns.values("features", features, shape.inputs());
    int length = shape.inputs() * steps(features);
    var all = new ArrayList<Sequence>();
    for (int b = 0; b < lengths.length; b++) {
      int from = b * length;
      float[] own = Arrays.copyOfRange(values, from, from + lengths[b] * shape.inputs());
      all.add(Sequence.ofValues(own, shape.inputs()));
    }
    return all;
  }

  /** A target for each sequence. */
  private List<Sequence> withOne(List<Sequence> inputs, DataSet data) {
    INDArray labels = data.getLabels();
    if (labels.rank() != 2 || data.getLabelsMaskArray() != null) {
      throw DataSetColumns.broken(
          String.format(
              Locale.ROOT,
              "labels of shape %s with a mask of shape %s; a network with one result for each sequence takes (B,%d) without",
              DataSetColumns.shape(labels),
              DataSetColumns.shape(data.getLabelsMaskArray()),
              outputs()));
    }
    INDArray columns = labels.reshape(labels.size(0), labels.size(1), 1);
    var all = new ArrayList<Sequence>();
    if (shape.classes() > 0) {
      DataSetColumns.Counted every = (b, t) -> true;
      int[][] classes = DataSetColumns.classes("label", columns, shape.classes(), every);
      for (int b = 0; b < inputs.size(); b++) {
        all.add(inputs.get(b).withLabel(classes[b][0]));
      }
    } else {
      float[] values = DataSetColumns.values("labels", columns, shape.outputs());
      for (int b = 0; b < inputs.size(); b++) {
        int from = b * shape.outputs();
        all.add(
            inputs
                .get(b)
                .withFinalValues(Arrays.copyOfRange(values, from, from + shape.outputs())));
      }
    }
    return all;
  }

  /** A target for each step that has one. */
  private List<Sequence> withSteps(List<Sequence> inputs, DataSet data, int steps) {
    INDArray labels = data.getLabels();
    if (labels.rank() < 2 || labels.size(labels.rank() - 1) != steps) {
      throw DataSetColumns.broken(
          String.format(
              Locale.ROOT,
              "labels of shape %s for features of shape %s; both must have as many steps",
              DataSetColumns.shape(labels),
              DataSetColumns.shape(data.getFeatures())));
    }
    DataSetColumns.Counted counted =
        DataSetColumns.counted(inputs, data.getLabelsMaskArray(), steps);
    return shape.classes() > 0
        ? withClasses(inputs, labels, counted)
        : withValues(inputs, labels, counted);
  }

  private List<Sequence> withClasses(
      List<Sequence> inputs, INDArray labels, DataSetColumns.Counted counted) {
    int[][] classes = DataSetColumns.classes("label", labels, shape.classes(), counted);
    var all = new ArrayList<Sequence>();
    for (int b = 0; b < inputs.size(); b++) {
      all.add(inputs.get(b).withTags(Arrays.copyOf(classes[b], inputs.get(b).length())));
    }
    return all;
  }

  private List<Sequence> withValues(
      List<Sequence> inputs, INDArray labels, DataSetColumns.Counted counted) {
    int outputs = shape.outputs();
    float[] values = DataSetColumns.values("labels", labels, outputs);
    int steps = (int) labels.size(2);
    var all = new ArrayList<Sequence>();
    for (int b = 0; b < inputs.size(); b++) {
      Sequence sequence = inputs.get(b);
      var marks = new boolean[sequence.length()];
      for (int t = 0; t < marks.length; t++) {
        marks[t] = counted.at(b, t);
      }
      int from = b * steps * outputs;
      float[] own = Arrays.copyOfRange(values, from, from + marks.length * outputs);
      all.add(sequence.withStepValues(own, marks));
    }
    return all;
  }

  private int outputs() {
    return Math.max(shape.classes(), shape.outputs());
  }
}
