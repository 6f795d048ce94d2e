package org.rondo.models;

import org.rondo.kernels.NativeBuffer;

/**
 * What flows between two layers: values upwards, their gradient downwards.
 *
 * @param values {@code (T,B,width)}, written by the lower layer
 * @param gradient {@code (T,B,width)}, overwritten by the upper layer's backward pass; the lower
 *     layer may use it up
 */
public record Signal(NativeBuffer values, NativeBuffer gradient, int width) {}
