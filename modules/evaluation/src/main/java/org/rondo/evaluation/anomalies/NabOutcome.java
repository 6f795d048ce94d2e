package org.rondo.evaluation.anomalies;

/**
 * What a corpus scores with one threshold. Steps are counted one by one; the score counts windows.
 *
 * @param threshold steps of at least this anomaly score are detections
 * @param score sum over windows and false positives, not normalised
 * @param truePositives detections within windows
 * @param falsePositives detections outside of windows
 * @param trueNegatives other steps outside of windows
 * @param falseNegatives other steps within windows
 */
public record NabOutcome(
    double threshold,
    double score,
    int truePositives,
    int falsePositives,
    int trueNegatives,
    int falseNegatives) {}
