package org.rondo.models;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.kernels.Services;

/** Some kinds of layers by name, found by {@link java.util.ServiceLoader}. */
public interface LayerSet {
  /** The record of each kind by the {@code type} of its JSON. */
  Map<String, Class<? extends LayerSpec>> layers();

  /** Every kind that is found. */
  static SortedMap<String, Class<? extends LayerSpec>> all() {
    var all = new TreeMap<String, Class<? extends LayerSpec>>();
    Services.load(LayerSet.class).forEach(set -> all.putAll(set.layers()));
    return all;
  }
}
