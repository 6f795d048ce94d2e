package org.rondo.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/** What is wrong with a JSON text, by the path of the field, such as {@code layers[1].units}. */
final class JsonPlace {
  private JsonPlace() {}

  static String of(JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ValueException value) {
        return path.isEmpty() ? value.getMessage() : path + "." + value.getMessage();
      }
    }
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return String.format(
        Locale.ROOT,
        "%s%s%s",
        path.isEmpty() ? "" : path + ": ",
        e.getOriginalMessage().lines().findFirst().orElse("no JSON"),
        line < 1 ? "" : ", line: " + line);
  }

  private static String path(JsonMappingException e) {
    var path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
