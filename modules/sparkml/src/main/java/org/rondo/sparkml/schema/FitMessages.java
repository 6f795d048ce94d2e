package org.rondo.sparkml.schema;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.sparkml.params.ParamNames;

/** What is refused is told by the names of Params, where the engine names configuration keys. */
public final class FitMessages {
  private static final Pattern SKIP = Pattern.compile("data\\.invalid_rows = skip");
  private static final Pattern RENAME =
      Pattern.compile(": convert it by data\\.sql or name another by [\\w.]+");

  private static final Pattern COLUMN = Pattern.compile("data\\.columns\\.(id|time)\\b");
  private static final Pattern TARGET = Pattern.compile("data\\.columns\\.target\\b");
  private static final Pattern ORDER = Pattern.compile("data\\.order_column");
  private static final Pattern VALIDATION = Pattern.compile("data\\.validation_fraction");
  private static final Pattern MARK = Pattern.compile("by data\\.validation\\b");

  private FitMessages() {}

  /** The same with sentences about data and values reworded. */
  public static <T> T inParams(Supplier<T> work) {
    try {
      return work.get();
    } catch (ValueException e) {
      throw new IllegalArgumentException(reworded(e.getMessage()), e);
    } catch (IngestException e) {
      String message = reworded(e.getMessage());
      throw message.equals(e.getMessage()) ? e : new IngestException(message, e);
    }
  }

  private static String reworded(String sentence) {
    String said = SKIP.matcher(ParamNames.in(sentence)).replaceAll("handleInvalid = skip");
    said = RENAME.matcher(said).replaceAll("; convert it or name another column");
    said = COLUMN.matcher(said).replaceAll("$1Col");
    said = TARGET.matcher(said).replaceAll("targetCols");
    said = ORDER.matcher(said).replaceAll("orderCol");
    said = MARK.matcher(said).replaceAll("by validationIndicatorCol");
    return VALIDATION.matcher(said).replaceAll("validationFraction");
  }
}
