/**
 * Parameters, layers, cells, heads and networks: forward passes and backpropagation through time
 * over minibatches of fixed shape. Knows no text, no optimizer, no Spark.
 */
package org.rondo.models;
