/** Trained networks as ONNX graphs, which other runtimes compute. */
package org.rondo.onnx;
