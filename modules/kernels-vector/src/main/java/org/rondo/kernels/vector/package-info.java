/** The element-wise passes on vectors, bit for bit those of {@code org.rondo.kernels}. */
package org.rondo.kernels.vector;
