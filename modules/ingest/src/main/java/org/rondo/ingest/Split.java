package org.rondo.ingest;

import java.util.List;

/** The names of the splits of a dataset. */
public final class Split {
  /** The split that networks learn from. */
  public static final String TRAIN = "train";

  /** The split that schedules and the choice of the best checkpoint look at. */
  public static final String VALIDATION = "validation";

  /** The split that nothing looks at before the end. */
  public static final String TEST = "test";

  /** All of them. */
  public static final List<String> NAMES = List.of(TRAIN, VALIDATION, TEST);

  private Split() {}
}
