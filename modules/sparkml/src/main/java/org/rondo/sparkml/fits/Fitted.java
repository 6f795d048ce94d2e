package org.rondo.sparkml.fits;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a fit came to, which a model holds and saves. */
public interface Fitted {
  /** How it was trained. */
  TrainingSummary summary();

  /** What it knows, for a person. */
  String description();

  /** Writes it into a folder. */
  void write(Path folder, Configuration hadoop) throws IOException;
}
