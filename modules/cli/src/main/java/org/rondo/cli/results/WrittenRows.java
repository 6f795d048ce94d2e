package org.rondo.cli.results;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.rondo.cli.terminal.StatusLine;

/** Counts rows while they are written, and those of them that have no prediction. */
public final class WrittenRows {
  private static final String ROWS = "rows";
  private static final String REJECTED = "rejected";

  private final Observation observation = new Observation();

  /** The rows, counted by the first job that goes over them. */
  public Dataset<Row> counted(Dataset<Row> predicted) {
    Column rejected =
        predicted.schema().getFieldIndex(REJECTED).isDefined()
            ? functions.count(predicted.col(REJECTED))
            : functions.lit(0L);
    return predicted.observe(
        observation, functions.count(functions.lit(1)).as(ROWS), rejected.as(REJECTED));
  }

  /** Tells where they are; to be called after the job, for which it would wait. */
  public void say(StatusLine status, String input, String output) throws InterruptedException {
    Map<String, Object> counts = observation.getAsJava();
    long rows = ((Number) counts.get(ROWS)).longValue();
    long rejected = ((Number) counts.get(REJECTED)).longValue();
    status.say(
        rows == 0
            ? String.format(Locale.ROOT, "%s has no rows: %s is empty", input, output)
            : String.format(
                Locale.ROOT,
                "%,d rows with their predictions are in %s%s",
                rows,
                output,
                rejected == 0
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        "; %,d of them have none, and the column rejected says why",
                        rejected)));
  }
}
