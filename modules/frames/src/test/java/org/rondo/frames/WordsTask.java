package org.rondo.frames;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.IngestException;
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
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/** Classes of texts, as small as a task can be: words are cut at blanks. */
@AutoService(Task.class)
public final class WordsTask implements Task {
  public static final TaskSettings SETTINGS =
      new TaskSettings("frames-words", new TreeMap<>(Map.of("pooling", "last")));

  @Override
  public String name() {
    return "frames-words";
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    return List.of(
        new Column("text", ColumnType.TEXT, Need.ALWAYS),
        new Column("label", ColumnType.LABEL, Need.TO_LEARN),
        new Column("weight", ColumnType.NUMBER, Need.OPTIONAL));
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new Words();
  }

  @Override
  public Features features(String json) {
    String[] fields = json.split("\\|", -1);
    return new WordFeatures(
        List.of(fields[0].split(" ")), List.of(fields[1].split(" ")), fields[2]);
  }

  /** Rows of a record, which one of Spark's serializers cannot restore. */
  private record Seen(String word) implements java.io.Serializable, Comparable<Seen> {
    @Override
    public int compareTo(Seen other) {
      return word.compareTo(other.word);
    }
  }

  private static final class Words implements Fitting {
    private static final long serialVersionUID = 1L;

    private final TreeSet<Seen> words = new TreeSet<>();
    private final TreeSet<String> labels = new TreeSet<>();
    private double sum;

    @Override
    public void add(Example row) {
      String label = row.text("label");
      for (String word : words(row)) {
        words.add(new Seen(word));
      }
      labels.add(label);
      sum += row.has("weight") ? 1 / row.number("weight") : 0; // differs with the order
    }

    @Override
    public void merge(Fitting next) {
      var other = (Words) next;
      words.addAll(other.words);
      labels.addAll(other.labels);
      sum += other.sum;
    }

    @Override
    public Features features() {
      if (labels.size() < 2) {
        throw new IngestException("words: one label is not enough");
      }
      List<String> known = words.stream().map(Seen::word).toList();
      return new WordFeatures(known, List.copyOf(labels), Double.toString(sum));
    }
  }

  private static List<String> words(Example row) {
    String text = row.text("text").strip();
    if (text.isEmpty()) {
      throw row.refused("text", "is empty");
    }
    return Arrays.asList(text.split(" +"));
  }

  private record WordFeatures(List<String> words, List<String> labels, String sum)
      implements Features {
    @Override
    public String task() {
      return "frames-words";
    }

    @Override
    public String toJson() {
      return String.join(" ", words) + "|" + String.join(" ", labels) + "|" + sum;
    }

    @Override
    public SequenceShape shape() {
      return new SequenceShape(List.of(words.size() + 1), 0, labels.size(), 0);
    }

    @Override
    public Sequence encode(Example row, Counts counts) {
      var ids = new ArrayList<Integer>();
      WordsTask.words(row).forEach(word -> ids.add(words.indexOf(word) + 1));
      var sequence = Sequence.ofIds(ids.stream().mapToInt(id -> id).toArray());
      if (row.has("label")) {
        int label = labels.indexOf(row.text("label"));
        if (label < 0) {
          throw row.unseen("label", "holds a label that no row of training has");
        }
        sequence = sequence.withLabel(label);
      }
      counts.add("words", ids.size());
      counts.add("unknown words", ids.stream().filter(id -> id == 0).count());
      return sequence;
    }

    @Override
    public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
      return new NetworkSpec(
          stack.over(words.size() + 1), new HeadSpec("classifier", labels.size()));
    }

    @Override
    public List<Metric> metrics() {
      return List.of();
    }

    @Override
    public Decoder decoder() {
      return new Decoder() {
        @Override
        public List<Column> columns() {
          return List.of(
              new Column("prediction", ColumnType.LABEL, Need.ALWAYS),
              new Column("scores", ColumnType.NUMBERS, Need.ALWAYS));
        }

        @Override
        public Map<String, Object> decode(Example row, Predictions predictions) {
          var scores = new double[predictions.outputs()];
          for (int o = 0; o < scores.length; o++) {
            scores[o] = predictions.score(0, o);
          }
          var values = new HashMap<String, Object>();
          values.put("prediction", labels.get(predictions.classes()[0]));
          values.put("scores", scores);
          return values;
        }
      };
    }

    @Override
    public String summary() {
      return words.size() + " words, " + labels.size() + " labels";
    }
  }
}
