package org.rondo.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a file, one a line: an object of JSON by the roles of the task's columns, or else a text.
 */
final class RowLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RowLines() {}

  static List<Map<String, Object>> read(Path file) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    for (String line : Files.readAllLines(file)) {
      rows.add(line.startsWith("{") ? row(JSON.readTree(line)) : Map.of("text", line));
    }
    return rows;
  }

  private static Map<String, Object> row(JsonNode object) {
    var row = new HashMap<String, Object>();
    object.fields().forEachRemaining(field -> row.put(field.getKey(), value(field.getValue())));
    return row;
  }

  /** A text, a number, a list of words, or {@code double[]}. */
  private static Object value(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (!node.isArray()) {
      return node.textValue();
    }
    if (node.path(0).isNumber()) {
      var numbers = new double[node.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = node.get(i).doubleValue();
      }
      return numbers;
    }
    var words = new ArrayList<String>();
    node.forEach(word -> words.add(word.textValue()));
    return words;
  }
}
