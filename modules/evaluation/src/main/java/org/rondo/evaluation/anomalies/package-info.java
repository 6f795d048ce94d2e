/**
 * Anomalies in series: from errors of predictions to scores and intervals, and how good these are
 * beside labels. Knows no network and no table; a series is an array, a step its index.
 */
package org.rondo.evaluation.anomalies;
