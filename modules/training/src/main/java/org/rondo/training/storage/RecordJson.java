package org.rondo.training.storage;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads records from JSON that a person or another version may have changed. Every field must be
 * there and of its kind, and there must be no other: a field that this version does not know may
 * have decided how the run goes on. A component that an older version did not write has a {@link
 * JsonProperty#defaultValue}, and one that had another name a {@link JsonAlias}.
 */
public final class RecordJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int LONGEST_VALUE = 60;

  private RecordJson() {}

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException naming the field that is missing, unknown or of another kind,
   *     or that the record refuses
   */
  public static <T extends Record> T read(String json, Class<T> type) {
    try {
      JsonNode root = JSON.readTree(json);
      require(type, root, "");
      return JSON.treeToValue(root, type);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(sentence(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** What a constructor said of its field, behind the way to that field. */
  private static String sentence(JsonMappingException e) {
    String way =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    Throwable cause = e.getCause();
    String why =
        cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
    return way.isEmpty() ? why : way + ": " + why;
  }

  private static void require(Type type, JsonNode value, String way) {
    if (value == null || value.isMissingNode()) {
      throw new IllegalArgumentException(way + " is missing");
    }
    if (value.isNull()) {
      throw new IllegalArgumentException((way.isEmpty() ? "the record" : way) + " is null");
    }
    if (type instanceof ParameterizedType list) {
      kind("a list", value, way, JsonNode::isArray);
      for (int i = 0; i < value.size(); i++) {
        require(list.getActualTypeArguments()[0], value.get(i), way + "[" + i + "]");
      }
    } else if (((Class<?>) type).isRecord()) {
      kind("an object", value, way, JsonNode::isObject);
      requireFields(((Class<?>) type).getRecordComponents(), (ObjectNode) value, way);
    } else if (type == int.class) {
      kind(
          "a whole number of 32 bits",
          value,
          way,
          v -> v.isIntegralNumber() && v.canConvertToInt());
    } else if (type == long.class) {
      kind(
          "a whole number of 64 bits",
          value,
          way,
          v -> v.isIntegralNumber() && v.canConvertToLong());
    } else if (type == double.class) {
      kind("a number", value, way, RecordJson::isDouble);
    } else if (type == boolean.class) {
      kind("true or false", value, way, JsonNode::isBoolean);
    } else {
      kind("a text", value, way, JsonNode::isTextual); // a string, or an enum's word
    }
  }

  private static void requireFields(RecordComponent[] components, ObjectNode object, String way) {
    String before = way.isEmpty() ? "" : way + ".";
    for (RecordComponent component : components) {
      rename(component, object);
      addDefault(component, object);
      String name = component.getName();
      require(component.getGenericType(), object.get(name), before + name);
    }
    Set<String> known =
        Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "%s%s is no field that this version of Rondo knows; the version that wrote it does",
                        before,
                        shown(name)));
              }
            });
  }

  private static void rename(RecordComponent component, ObjectNode object) {
    JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
    for (String earlier : alias == null ? new String[0] : alias.value()) {
      if (object.has(earlier) && !object.has(component.getName())) {
        object.set(component.getName(), object.remove(earlier));
      }
    }
  }

  private static void addDefault(RecordComponent component, ObjectNode object) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    if (property != null
        && !property.defaultValue().isEmpty()
        && !object.has(component.getName())) {
      try {
        object.set(component.getName(), JSON.readTree(property.defaultValue()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(component.getName() + ": its default is no JSON", e);
      }
    }
  }

  /** Numbers that are not finite are written as texts. */
  private static boolean isDouble(JsonNode value) {
    return value.isNumber() || List.of("Infinity", "-Infinity", "NaN").contains(value.asText());
  }

  private static void kind(String kind, JsonNode value, String way, Predicate<JsonNode> is) {
    if (!is.test(value)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %s, it must be %s",
              way.isEmpty() ? "the record" : way,
              shown(value.toString()),
              kind));
    }
  }

  private static String shown(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
  }
}
