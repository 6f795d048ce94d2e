package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.Map;
import java.util.TreeMap;

/** The {@code type} of a layer's JSON: its name in a {@link LayerSet}. */
final class LayerTypes extends TypeIdResolverBase {
  private JavaType base;

  @Override
  public void init(JavaType baseType) {
    base = baseType;
  }

  @Override
  public String idFromValue(Object value) {
    return idFromValueAndType(value, value.getClass());
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> type) {
    return LayerSet.all().entrySet().stream()
        .filter(kind -> kind.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("network: no LayerSet names the layer " + type));
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    var kinds = new TreeMap<>(LayerSet.all());
    kinds.values().removeIf(kind -> !base.getRawClass().isAssignableFrom(kind));
    ValueException.unless(
        kinds.containsKey(id), "type", id, "no such layer; there are " + kinds.keySet());
    return context.constructSpecializedType(base, kinds.get(id));
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
