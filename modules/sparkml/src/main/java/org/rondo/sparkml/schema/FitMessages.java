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
      Pattern.compile(": convert it by data\\.sql or name another by data\\.columns\\.\\w+");

  private static final Pattern COLUMN = Pattern.compile("data\\.columns\\.(id|time)\\b");
  private static final Pattern VALIDATION = Pattern.compile("data\\.validation_fraction");

  private FitMessages() {}

  /** The same with sentences about data and values reworded. */
  public static <T> T inParams(Supplier<T> work) {
    try {
      return work.get();
    } catch (ValueException e) {
      throw new IllegalArgumentException(ParamNames.in(e.getMessage()), e);
    } catch (IngestException e) {
      String message =
          SKIP.matcher(ParamNames.in(e.getMessage())).replaceAll("handleInvalid = skip");
      message = RENAME.matcher(message).replaceAll("; convert it or name another column");
      message = COLUMN.matcher(message).replaceAll("$1Col");
      message = VALIDATION.matcher(message).replaceAll("validationFraction");
      throw message.equals(e.getMessage()) ? e : new IngestException(message, e);
    }
  }
}
