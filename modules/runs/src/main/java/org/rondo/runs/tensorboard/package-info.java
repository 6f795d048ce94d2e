/** Runs as files that TensorBoard reads. */
package org.rondo.runs.tensorboard;
