package org.rondo.sparkml;

import java.util.Map;
import java.util.function.Supplier;
import org.rondo.ingest.IngestException;

/** What is refused is told by the names of Params, where the engine names configuration keys. */
final class FitMessages {
  private static final Map<String, String> NAMES =
      Map.of("data.invalid_rows = skip", "handleInvalid = skip");

  private FitMessages() {}

  static <T> T inParams(Supplier<T> fit) {
    try {
      return fit.get();
    } catch (IngestException e) {
      String message = e.getMessage();
      for (Map.Entry<String, String> name : NAMES.entrySet()) {
        message = message.replace(name.getKey(), name.getValue());
      }
      throw message.equals(e.getMessage()) ? e : new IngestException(message, e);
    }
  }
}
