package org.rondo.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.JsonFile;

/**
 * The JSON of {@link Features}: an object with the fields {@code version} and {@code task} and
 * those of the task, which a record or class with a {@code JsonCreator} describes. A field that is
 * missing, unknown or refused is an error that names it.
 */
public final class FeaturesJson {
  private FeaturesJson() {}

  /** Adds to contents of an earlier version what they lack. */
  public interface Upgrade {
    /** Changes them. */
    void apply(ObjectNode contents);
  }

  /** Writes an object that has the fields {@code version} and {@code task}. */
  public static String write(Object contents) {
    return JsonFile.text(contents);
  }

  /**
   * Whether two texts say the same, in whatever order their fields stand: a version of Rondo wrote
   * some of them in another order each time.
   *
   * @throws IllegalArgumentException if one is no JSON
   */
  public static boolean equal(String one, String other) {
    try {
      return one.equals(other) || JsonFile.object(one).equals(JsonFile.object(other));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("features: " + JsonFile.problem(e), e);
    }
  }

  /**
   * The task whose features a text holds.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static String task(String json) {
    try {
      return JsonFile.object(json).path("task").asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("features: " + JsonFile.problem(e), e);
    }
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
    return read(json, task, List.of(), version, type);
  }

  /**
   * As above, of earlier versions too.
   *
   * @param upgrades from the versions before, one after the other up to {@code version}
   */
  public static <T> T read(
      String json, String task, List<Upgrade> upgrades, int version, Class<T> type) {
    try {
      ObjectNode object = JsonFile.object(json);
      int oldest = version - upgrades.size();
      int written = JsonFile.version(object, "features", oldest, version);
      String found = object.path("task").asText("");
      if (!found.equals(task)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "features: field task: of the task %s, not of %s", found, task));
      }
      upgrades.subList(written - oldest, upgrades.size()).forEach(next -> next.apply(object));
      return JsonFile.value(object.put("version", version), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("features: " + JsonFile.problem(e), e);
    }
  }
}
