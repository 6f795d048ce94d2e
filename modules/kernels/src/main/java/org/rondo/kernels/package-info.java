/**
 * Matrix products and element-wise passes over off-heap buffers, each with a plain Java reference
 * and faster implementations found by {@link java.util.ServiceLoader}. Knows formulas (a product, a
 * gate, a softmax), not layers, parameters or data.
 */
package org.rondo.kernels;
