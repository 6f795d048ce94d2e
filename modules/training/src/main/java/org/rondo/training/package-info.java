/**
 * Training without Spark: plans, optimizers, learning-rate schedules, the worker that trains one
 * shard for one round, fixed-order averaging, synchronizers, the carrier of threads, and
 * checkpoints. The loop over rounds and the carrier of Spark tasks live in {@code
 * org.rondo.driver}.
 */
package org.rondo.training;
