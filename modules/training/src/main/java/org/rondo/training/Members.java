package org.rondo.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.rondo.kernels.Services;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.sync.Synchronizer;

/** The members of the open sets by their names; the class path is searched once. */
public final class Members {
  public static final SortedMap<String, Optimizer> OPTIMIZERS =
      find(Optimizer.class, Optimizer::name);
  public static final SortedMap<String, Synchronizer> SYNCHRONIZERS =
      find(Synchronizer.class, Synchronizer::name);

  private Members() {}

  private static <T> SortedMap<String, T> find(Class<T> service, Function<T, String> name) {
    var found = new TreeMap<String, T>();
    for (T member : Services.load(service)) {
      found.put(name.apply(member), member);
    }
    return Collections.unmodifiableSortedMap(found);
  }
}
