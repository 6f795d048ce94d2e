package org.rondo.interop.dl4j;

import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A layer of a DL4J configuration and where it stands, which errors name.
 *
 * @param index from 0
 * @param layer what stands there; what wraps it has the same index
 */
record LayerPlace(int index, Layer layer) {
  /** So that four gates of them can be counted. */
  private static final int MOST_UNITS = 1 << 28;

  /** What this layer wraps. */
  LayerPlace inside(Layer wrapped) {
    return new LayerPlace(index, wrapped);
  }

  /** The error for what has no counterpart; see {@link UnsupportedLayerException}. */
  UnsupportedLayerException unsupported(String what, String cure) {
    return new UnsupportedLayerException(index, layer, what, cure);
  }

  /** Throws {@link #unsupported} unless the condition holds. */
  void require(boolean condition, String what, String cure) {
    if (!condition) {
      throw unsupported(what, cure);
    }
  }

  /** A number of units as Rondo counts them. */
  int size(String name, long size) {
    require(
        size >= 1 && size <= MOST_UNITS,
        String.format(Locale.ROOT, "%s = %d", name, size),
        String.format(
            Locale.ROOT,
            "it must be in [1, %d]: set it, or let setInputType find nIn",
            MOST_UNITS));
    return (int) size;
  }
}
