package org.rondo.models.layers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;

/** Fields of layers that stand in JSON only where they were chosen. */
final class Optionally {
  private Optionally() {}

  /** 0 where it is absent. */
  static final class Rate extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return context.readValue(parser, double.class);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return 0.0;
    }
  }

  /** False where it is absent. */
  static final class Flag extends JsonDeserializer<Boolean> {
    @Override
    public Boolean deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return context.readValue(parser, boolean.class);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return false;
    }
  }
}
