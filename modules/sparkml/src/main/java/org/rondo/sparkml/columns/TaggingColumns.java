package org.rondo.sparkml.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.evaluation.metrics.ChunkTags;
import org.rondo.tasks.Predictor;

/** Tags as an array of texts, and the chunks that they mark. */
public final class TaggingColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;
  private static final DataType SPANS =
      DataTypes.createArrayType(
          StructType.fromDDL(
              "begin INT NOT NULL, end INT NOT NULL, label STRING NOT NULL, score DOUBLE"));

  private final boolean writesSpans;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param refuses whether a row without a prediction is an error
   */
  public TaggingColumns(StructType schema, boolean writesSpans, boolean refuses) {
    super(schema, refuses);
    this.writesSpans = writesSpans;
  }

  /** The columns of each role that is read. */
  public static Map<String, String> roles(String tokens, String[] extra) {
    Map<String, String> roles = extraRoles(extra);
    roles.put("tokens", tokens);
    return roles;
  }

  /** Further columns by roles that have no more than their number for a name. */
  public static Map<String, String> extraRoles(String[] extra) {
    var roles = new LinkedHashMap<String, String>();
    for (String column : extra) {
      roles.put("extra" + (roles.size() + 1), column);
    }
    return roles;
  }

  /**
   * The columns, in the order in which they are written.
   *
   * @param spans empty for none
   */
  public static List<StructField> fields(String tags, String spans) {
    var fields = new ArrayList<StructField>();
    if (!spans.isEmpty()) {
      fields.add(DataTypes.createStructField(spans, SPANS, true));
    }
    fields.add(
        DataTypes.createStructField(tags, DataTypes.createArrayType(DataTypes.StringType), true));
    return fields;
  }

  @Override
  public boolean needsProbabilities() {
    return writesSpans;
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    var tags = new ArrayList<String>();
    ((List<?>) values.get("prediction")).forEach(tag -> tags.add((String) tag));
    cells[cells.length - 1] = tags.toArray(String[]::new);
    if (writesSpans) {
      cells[cells.length - 2] =
          spans(tags, (double[]) values.get(Predictor.PROBABILITIES)).toArray(Row[]::new);
    }
  }

  /**
   * Chunks as conlleval reads them, whatever the scheme of the tags, each with the mean probability
   * of its tags.
   *
   * @param probabilities of each tag; null where they are not told
   */
  private static List<Row> spans(List<String> tags, double[] probabilities) {
    var chunks = new ChunkTags(tags);
    int[] places = IntStream.range(0, tags.size()).toArray();
    var spans = new ArrayList<Row>();
    int begin = 0;
    for (int end = 1; end <= places.length; end++) {
      if (!chunks.continues(places, end)) {
        if (chunks.type(begin) >= 0) {
          spans.add(
              RowFactory.create(
                  begin,
                  end,
                  chunks.types().get(chunks.type(begin)),
                  probabilities == null ? null : mean(probabilities, begin, end)));
        }
        begin = end;
      }
    }
    return spans;
  }

  private static double mean(double[] values, int begin, int end) {
    return Arrays.stream(values, begin, end).sum() / (end - begin);
  }
}
