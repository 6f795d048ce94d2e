package org.rondo.driver.ui;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.status.AppHistoryServerPlugin;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.ui.SparkUI;
import org.rondo.spark.HistoryPlugin;

/** Gives applications in the history server their Training tab, from their event logs. */
@AutoService(AppHistoryServerPlugin.class)
public final class TrainingHistoryPlugin extends HistoryPlugin {
  @Override
  protected List<SparkListener> listeners(SparkConf conf, ElementTrackingStore store) {
    return List.of(StatusListener.replay(store));
  }

  @Override
  public void setupUI(SparkUI ui) {
    if (TrainingStatus.in(ui.store().store()).isPresent()) {
      TrainingTab.attach(ui);
    }
  }
}
