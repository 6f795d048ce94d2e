/**
 * What Rondo learns: an open set of tasks, each in a package of its own. A task says which columns
 * it reads, fits vocabularies and labels on the training rows, encodes rows as sequences, and turns
 * predictions back into columns. Knows no Spark and has no training loop of its own.
 *
 * <p>Language models are none of them: their data is running text whose state is carried from one
 * minibatch to the next, which has no rows to encode or to predict.
 */
package org.rondo.tasks;
