package org.rondo.training.sync;

import com.google.auto.service.AutoService;

/**
 * Every round begins where the mean of the shards' parameters is.
 *
 * @see <a href="https://aclanthology.org/N10-1069/">McDonald, Hall and Mann 2010</a>
 */
@AutoService(Synchronizer.class)
public final class Average implements Synchronizer {
  public static final String NAME = "average";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exchange exchange() {
    return Exchange.PARAMETERS;
  }

  @Override
  public OuterStep begin(Beginning run) {
    return (round, common, mean) -> mean;
  }
}
