package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;

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
    return LayerSet.nameOf(type);
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    return context.constructSpecializedType(base, LayerSet.named(id, base.getRawClass()));
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
