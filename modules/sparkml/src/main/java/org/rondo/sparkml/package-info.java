/**
 * Rondo's tasks as estimators, models and evaluators of Spark ML. An estimator is its Params;
 * {@code TaskFit} prepares rows and trains for all of them. Configuration files and run folders are
 * not known here.
 */
package org.rondo.sparkml;
