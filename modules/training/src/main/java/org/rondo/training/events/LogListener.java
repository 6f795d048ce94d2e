package org.rondo.training.events;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how a run goes in lines, and apart from them what may decide its result. */
final class LogListener implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingListener.class);

  private final Consumer<String> progress;
  private final Consumer<String> warnings;

  LogListener(Consumer<String> progress, Consumer<String> warnings) {
    this.progress = progress;
    this.warnings = warnings;
  }

  /** Everything goes to the log. */
  static LogListener ofEverything() {
    return new LogListener(LOG::info, LOG::warn);
  }

  /** Only warnings go to the log. */
  static LogListener ofWarnings() {
    return new LogListener(line -> {}, LOG::warn);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      EventText.beginning(started).forEach(progress);
      started.warnings().forEach(warnings);
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      progress.accept(EventText.of(evaluated));
    } else if (event instanceof TrainingEvent.StorageFailed failed) {
      warnings.accept(EventText.of(failed));
    } else if (event instanceof TrainingEvent.Finished finished) {
      progress.accept(EventText.of(finished));
    }
  }
}
