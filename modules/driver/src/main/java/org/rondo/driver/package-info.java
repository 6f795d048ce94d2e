/**
 * The loop over rounds and the carrier of Spark tasks: the only package with RDD code of training.
 * Holds no mathematics; that lives in {@code org.rondo.training}.
 */
package org.rondo.driver;
