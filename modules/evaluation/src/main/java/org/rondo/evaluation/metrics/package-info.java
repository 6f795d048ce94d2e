/**
 * Metrics, one file each: of classes, of probabilities, of tags and of several labels at once. What
 * they sum up are whole numbers wherever the definition allows it, so that sums of parts are exact.
 */
package org.rondo.evaluation.metrics;
