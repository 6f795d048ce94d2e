package org.rondo.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.rondo.ingest.JsonFile;

/**
 * The JSON of {@link Features}: an object with the fields {@code version} and {@code task} and
 * those of the task, which a record or class with a {@code JsonCreator} describes. A field that is
 * missing, unknown or refused is an error that names it.
 */
public final class FeaturesJson {
  private FeaturesJson() {}

  /** Writes an object that has the fields {@code version} and {@code task}. */
  public static String write(Object contents) {
    return JsonFile.text(contents);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param task that it must be of
   * @param version that it must have
   * @param type of the contents
   * @throws IllegalArgumentException naming what is wrong
   */
  public static <T> T read(String json, String task, int version, Class<T> type) {
    try {
      ObjectNode object = JsonFile.object(json);
      JsonFile.requireVersion(object, "features", version);
      String found = object.path("task").asText("");
      if (!found.equals(task)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "features: field task: of the task %s, not of %s", found, task));
      }
      return JsonFile.value(object, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("features: " + JsonFile.problem(e), e);
    }
  }
}
