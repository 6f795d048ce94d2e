/**
 * Matrix products by ND4J (https://deeplearning4j.konduit.ai/nd4j/), the fallback where oneDNN does
 * not load: slower for small products, but its natives ask for an older C library.
 */
package org.rondo.kernels.nd4j;
