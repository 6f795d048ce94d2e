package org.rondo.interop.dl4j;

import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A layer of a DL4J configuration, or something set on it, that has no counterpart in Rondo. The
 * message names the layer, what is wrong and the cure.
 */
public final class UnsupportedLayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param index of the layer, from 0
   * @param what it has that Rondo has not
   * @param cure what to do about it
   */
  UnsupportedLayerException(int index, Layer layer, String what, String cure) {
    super(String.format(Locale.ROOT, "dl4j: layer %d %s: %s; %s", index, named(layer), what, cure));
  }

  private static String named(Layer layer) {
    String type = layer.getClass().getSimpleName();
    return layer.getLayerName() == null
        ? String.format(Locale.ROOT, "(%s)", type)
        : String.format(Locale.ROOT, "'%s' (%s)", layer.getLayerName(), type);
  }
}
