/**
 * Detectors of anomalies that learn nothing, on the Numenta Anomaly Benchmark beside its published
 * results: a check of the scorer, and what a trained detector has to beat.
 */
package org.rondo.bench.anomalies;
