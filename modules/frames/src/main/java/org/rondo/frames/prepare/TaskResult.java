package org.rondo.frames.prepare;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What a task hands to the driver, in bytes of Java's serialization, whatever serializer the
 * context has: what a task gathers is the task's own class, and Spark's other serializer restores
 * no records.
 */
final class TaskResult {
  private TaskResult() {}

  static byte[] bytes(Serializable value) {
    ByteBuffer buffer = java().serialize(value, tag(Serializable.class));
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static <R extends Serializable> R of(byte[] bytes, Class<R> type) {
    // The loader of the thread knows the classes of a user's jar.
    return java()
        .deserialize(
            ByteBuffer.wrap(bytes), Thread.currentThread().getContextClassLoader(), tag(type));
  }

  private static SerializerInstance java() {
    return new JavaSerializer(SparkEnv.get().conf()).newInstance();
  }

  private static <R> ClassTag<R> tag(Class<R> type) {
    return ClassTag$.MODULE$.apply(type);
  }
}
