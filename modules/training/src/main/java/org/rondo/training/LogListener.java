package org.rondo.training;

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
      Sentences.beginning(started).forEach(progress);
      started.warnings().forEach(warnings);
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      progress.accept(Sentences.of(evaluated));
    } else if (event instanceof TrainingEvent.StorageFailed failed) {
      warnings.accept(Sentences.of(failed));
    } else if (event instanceof TrainingEvent.Finished finished) {
      progress.accept(Sentences.of(finished));
    }
  }
}
