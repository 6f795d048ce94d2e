package org.rondo.sparkml.columns;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Loss and perplexity of texts, behind the columns of the data. */
public final class LossColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final String text;
  private final int index;
  private final boolean writesLoss;
  private final boolean writesPerplexity;
  private final String handleInvalid;

  /**
   * Writes to rows of that schema.
   *
   * @param schema of the data and {@link #fields}
   * @param text column of the texts
   */
  public LossColumns(
      StructType schema,
      String text,
      boolean writesLoss,
      boolean writesPerplexity,
      String handleInvalid) {
    this.schema = schema;
    this.text = text;
    this.index = schema.fieldIndex(text);
    this.writesLoss = writesLoss;
    this.writesPerplexity = writesPerplexity;
    this.handleInvalid = handleInvalid;
  }

  /** The columns, in the order in which they are written; those of an empty name are left out. */
  public static List<StructField> fields(List<String> names) {
    return names.stream()
        .filter(name -> !name.isEmpty())
        .map(name -> DataTypes.createStructField(name, DataTypes.DoubleType, true))
        .toList();
  }

  /** Of the data and what is written. */
  public StructType schema() {
    return schema;
  }

  /**
   * Whether a row is to be scored.
   *
   * @throws RefusedRowException if it has no text, and must have one
   */
  boolean hasText(Row row) {
    if (row.isNullAt(index) && handleInvalid.equals("error")) {
      throw new RefusedRowException("row " + text + " = null: column " + text + " has no value");
    }
    return !row.isNullAt(index);
  }

  /** Whether a row without text stays. */
  boolean keeps() {
    return handleInvalid.equals("keep");
  }

  String text(Row row) {
    return row.getString(index);
  }

  /**
   * The row with its loss.
   *
   * @param loss null where there is none
   */
  Row row(Row data, Double loss) {
    var cells = new Object[schema.length()];
    for (int i = 0; i < data.length(); i++) {
      cells[i] = data.get(i);
    }
    int at = data.length();
    if (writesLoss) {
      cells[at++] = loss;
    }
    if (writesPerplexity && loss != null) {
      cells[at] = StrictMath.exp(loss);
    }
    return RowFactory.create(cells);
  }
}
