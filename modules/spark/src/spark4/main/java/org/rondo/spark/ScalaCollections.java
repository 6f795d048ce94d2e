package org.rondo.spark;

import java.util.List;
import scala.collection.Iterator;
import scala.collection.Map;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Collections of Java as those of Scala 2.13, and back; views, not copies. */
public final class ScalaCollections {
  private ScalaCollections() {}

  /** A sequence of Scala as a list. */
  public static <T> List<T> list(Seq<T> sequence) {
    return CollectionConverters.asJava(sequence);
  }

  /** A list as a sequence of Scala. */
  public static <T> Seq<T> sequence(List<T> list) {
    return CollectionConverters.asScala(list);
  }

  /** An iterator of Java as one of Scala. */
  public static <T> Iterator<T> iterator(java.util.Iterator<T> iterator) {
    return CollectionConverters.asScala(iterator);
  }

  /** A map of Java as one of Scala. */
  public static <K, V> Map<K, V> map(java.util.Map<K, V> map) {
    return CollectionConverters.asScala(map);
  }
}
