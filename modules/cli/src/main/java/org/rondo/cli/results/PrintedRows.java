package org.rondo.cli.results;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.rondo.cli.terminal.StandardOutput;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.frames.ColumnNames;

/** Prints rows as lines of JSON, and counts them and those of them that have no prediction. */
public final class PrintedRows {
  private static final String REJECTED = "rejected";

  private long rows;
  private long rejected;

  /** Prints rows as they come. Of bytes, such as those of a recording, it prints how many. */
  public void print(Dataset<Row> predicted, PrintWriter out) {
    Iterator<Row> lines = lines(predicted).toLocalIterator();
    while (lines.hasNext()) {
      Row line = lines.next();
      rows++;
      rejected += line.isNullAt(1) ? 0 : 1;
      out.println(line.getString(0));
      StandardOutput.requireWritten(out);
    }
  }

  /** Each row as JSON, and why it has no prediction. */
  private static Dataset<Row> lines(Dataset<Row> rows) {
    Dataset<Row> shown = rows;
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof BinaryType) {
        Column bytes = functions.length(functions.col(ColumnNames.quoted(field.name())));
        shown = shown.withColumn(field.name(), functions.concat(bytes, functions.lit(" bytes")));
      }
    }
    Column why =
        rows.schema().getFieldIndex(REJECTED).isDefined()
            ? functions.col(REJECTED)
            : functions.lit(null).cast(DataTypes.StringType);
    return shown.select(functions.to_json(functions.struct(functions.col("*"))), why);
  }

  /** Tells of rows that have no prediction, and of there being none at all. */
  public void say(StatusLine status, String input) {
    if (rows == 0) {
      status.say("note: " + input + " has no rows, so there are no predictions");
    } else if (rejected > 0) {
      status.say(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows have no prediction, and the column rejected says why",
              rejected,
              rows));
    }
  }
}
