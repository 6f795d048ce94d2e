package org.rondo.sparkml.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Translations, as texts; the best ones with their scores, and what was looked at. */
public final class TranslationColumns extends ModelColumns {
  private static final long serialVersionUID = 1L;
  private static final DataType TRANSLATIONS =
      DataTypes.createArrayType(
          StructType.fromDDL("translation STRING NOT NULL, score DOUBLE NOT NULL"));
  private static final DataType ATTENTION =
      StructType.fromDDL("source ARRAY<STRING>, target ARRAY<STRING>, weights ARRAY<ARRAY<FLOAT>>");

  private final boolean tellsSeveral;
  private final boolean tellsAttention;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param refuses whether a row without a prediction is an error
   */
  public TranslationColumns(
      StructType schema, boolean tellsSeveral, boolean tellsAttention, boolean refuses) {
    super(schema, refuses);
    this.tellsSeveral = tellsSeveral;
    this.tellsAttention = tellsAttention;
  }

  /**
   * The columns, in the order in which they are written.
   *
   * @param translations of several; empty for none
   * @param attention empty for none
   */
  public static List<StructField> fields(String prediction, String translations, String attention) {
    var fields = new ArrayList<StructField>();
    if (!translations.isEmpty()) {
      fields.add(DataTypes.createStructField(translations, TRANSLATIONS, true));
    }
    if (!attention.isEmpty()) {
      fields.add(DataTypes.createStructField(attention, ATTENTION, true));
    }
    fields.add(DataTypes.createStructField(prediction, DataTypes.StringType, true));
    return fields;
  }

  @Override
  void write(Map<String, Object> values, Object[] cells) {
    int last = cells.length - 1;
    cells[last] = values.get("prediction");
    if (tellsAttention) {
      last--;
      cells[last] =
          RowFactory.create(
              array(values.get("source_tokens")),
              array(values.get("target_tokens")),
              values.get("attention"));
    }
    if (tellsSeveral) {
      cells[last - 1] = translations(values);
    }
  }

  private static Object array(Object tokens) {
    return ((List<?>) tokens).toArray();
  }

  /** Of a single one the task tells no list. */
  private static Row[] translations(Map<String, Object> values) {
    if (!values.containsKey("translations")) {
      return new Row[] {RowFactory.create(values.get("prediction"), values.get("score"))};
    }
    List<?> texts = (List<?>) values.get("translations");
    double[] scores = (double[]) values.get("scores");
    var rows = new Row[texts.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = RowFactory.create(texts.get(i), scores[i]);
    }
    return rows;
  }
}
