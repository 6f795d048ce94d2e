package org.rondo.driver.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.util.kvstore.InMemoryStore;
import org.junit.jupiter.api.Test;

final class HeadlineTest {
  @Test
  void aRunThatFailedBeforeItStartedSaysWhyLiveAndReplayed() throws Exception {
    var failed = new RunFailed("prepare: <no> such corpus");
    var store = new ElementTrackingStore(new InMemoryStore(), new SparkConf(false));
    StatusListener live = StatusListener.live(store);
    live.onOtherEvent(failed);
    var log = new ElementTrackingStore(new InMemoryStore(), new SparkConf(false));
    StatusListener.replay(log).onOtherEvent(failed);
    log.close(false);

    assertThat(Headline.html(live.status(), true))
        .contains("No training has started", "prepare: &lt;no&gt; such corpus");
    assertThat(TrainingStatus.in(log).orElseThrow().latest().failure())
        .isEqualTo("prepare: <no> such corpus");
  }
}
