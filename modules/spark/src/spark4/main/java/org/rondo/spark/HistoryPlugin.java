package org.rondo.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.status.AppHistoryServerPlugin;
import org.apache.spark.status.ElementTrackingStore;
import scala.collection.immutable.Seq;

/** A plugin of the history server: listeners that replay an application's event log. */
public abstract class HistoryPlugin implements AppHistoryServerPlugin {
  /**
   * The listeners of one application.
   *
   * @param store where they write what its pages show
   */
  protected abstract List<SparkListener> listeners(SparkConf conf, ElementTrackingStore store);

  @Override
  public final Seq<SparkListener> createListeners(SparkConf conf, ElementTrackingStore store) {
    return ScalaCollections.sequence(listeners(conf, store)).toSeq();
  }
}
