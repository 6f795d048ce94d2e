package com.example.parity;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.metrics.TokenAccuracy;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/**
 * A task of one's own, in one file: how many ones a text of zeros and ones has had so far, modulo a
 * number. Its targets follow from the text, so it needs no column of labels.
 */
@AutoService(Task.class)
public final class ParityTask implements Task {
  private static final String NAME = "parity";
  private static final int MOST = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    modulus(settings);
    return List.of(new Column("bits", ColumnType.TEXT, Need.ALWAYS));
  }

  private static int modulus(TaskSettings settings) {
    return settings.whole("modulus", 2, MOST);
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new ParityFitting(modulus(settings));
  }

  @Override
  public Features features(String json) {
    return new ParityFeatures(FeaturesJson.read(json, NAME, 1, Contents.class).modulus());
  }

  /** What {@code features.json} holds. */
  record Contents(int version, String task, int modulus) {}

  /** Nothing but the rows' being right is to be known of them. */
  private record ParityFitting(int modulus) implements Fitting {
    @Override
    public void add(Example row) {
      bits(row);
    }

    @Override
    public void merge(Fitting next) {}

    @Override
    public Features features() {
      return new ParityFeatures(modulus);
    }
  }

  /** The text as ids 0 and 1. */
  static int[] bits(Example row) {
    String text = row.text("bits");
    if (!text.matches("[01]+")) {
      throw row.refused("bits", String.format(Locale.ROOT, "holds '%s', not zeros and ones", text));
    }
    return text.chars().map(bit -> bit - '0').toArray();
  }

  private record ParityFeatures(int modulus) implements Features {
    @Override
    public String task() {
      return NAME;
    }

    @Override
    public String toJson() {
      return FeaturesJson.write(new Contents(1, NAME, modulus));
    }

    @Override
    public SequenceShape shape() {
      return new SequenceShape(List.of(2), 0, modulus, 0);
    }

    @Override
    public Sequence encode(Example row, Counts counts) {
      int[] bits = bits(row);
      var remainders = new int[bits.length];
      int ones = 0;
      for (int t = 0; t < bits.length; t++) {
        ones += bits[t];
        remainders[t] = ones % modulus;
      }
      counts.add("ones", ones);
      return Sequence.ofIds(bits).withTags(remainders);
    }

    @Override
    public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
      return stack.network(2, new HeadSpec("tagger", modulus));
    }

    @Override
    public List<Metric> metrics() {
      return List.of(new TokenAccuracy());
    }

    @Override
    public Decoder decoder() {
      return new ParityDecoder();
    }

    @Override
    public String summary() {
      return "parity: ones modulo " + modulus;
    }
  }

  private record ParityDecoder() implements Decoder {
    @Override
    public List<Column> columns() {
      return List.of(new Column("remainder", ColumnType.NUMBER, Need.ALWAYS));
    }

    @Override
    public Map<String, Object> decode(Example row, Predictions predictions) {
      int[] classes = predictions.classes();
      return Map.of("remainder", (double) classes[bits(row).length - 1]);
    }
  }
}
