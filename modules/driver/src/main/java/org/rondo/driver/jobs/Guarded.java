package org.rondo.driver.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.rondo.spark.ScalaCollections;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An RDD whose tasks succeed with an {@link Outcome} where they would fail for a reason that no
 * further try removes, such as damaged data: Spark would try them four times and log four traces,
 * to say the same. All that a stage computes is guarded, held parents too, for these are computed
 * before a function that is mapped over them is called. A partition that failed is one failure.
 *
 * <p>The other tasks of the stage run to their end before the driver hears of it.
 */
public final class Guarded<T> extends RDD<Outcome<T>> {
  private static final long serialVersionUID = 1L;

  private final ClassTag<T> type;

  private Guarded(RDD<T> parent) {
    super(parent, tag());
    type = parent.elementClassTag();
  }

  /** Each value as an outcome. */
  public static <T> JavaRDD<Outcome<T>> of(JavaRDD<T> values) {
    return new JavaRDD<>(new Guarded<>(values.rdd()), tag());
  }

  /**
   * Collects the values.
   *
   * @throws RuntimeException the failure of the first partition that has one
   */
  public static <T> List<T> collect(JavaRDD<T> values) {
    var collected = new ArrayList<T>();
    for (Outcome<T> outcome : of(values).collect()) {
      collected.add(outcome.get());
    }
    return collected;
  }

  @Override
  public Iterator<Outcome<T>> compute(Partition split, TaskContext context) {
    var outcomes = new ArrayList<Outcome<T>>();
    try {
      Iterator<T> values = firstParent(type).iterator(split, context);
      while (values.hasNext()) {
        outcomes.add(Outcome.of(values.next()));
      }
    } catch (RuntimeException e) {
      outcomes.clear();
      outcomes.add(Outcome.failed(e));
    }
    return ScalaCollections.iterator(outcomes.iterator());
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(type).partitions();
  }

  private static <T> ClassTag<Outcome<T>> tag() {
    return ClassTag$.MODULE$.apply(Outcome.class);
  }
}
