package org.rondo.driver.ui;

import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;

/** The Training tab of an application's pages; reads the application's status store. */
final class TrainingTab extends SparkUITab {
  private TrainingTab(SparkUI ui) {
    super(ui, "training");
    attachPage(new TrainingPage(this, ui.store().store(), ui.sc().isDefined()));
  }

  static void attach(SparkUI ui) {
    ui.attachTab(new TrainingTab(ui));
  }

  /** Behind Spark's own tabs. */
  @Override
  public int displayOrder() {
    return 0;
  }
}
