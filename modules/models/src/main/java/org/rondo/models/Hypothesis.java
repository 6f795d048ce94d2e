package org.rondo.models;

/**
 * Labels that a search found for a sequence. Its arrays are not to be modified.
 *
 * @param labels without the end
 * @param ended whether the end follows them; else the search came to the longest label
 * @param logProbability of the labels, and of the end where it follows, in nats
 * @param score by which hypotheses are compared: the log probability, changed by penalties
 * @param attention one row for each label, and for the end: the weights of the sequence's own
 *     steps, which add up to 1
 */
public record Hypothesis(
    int[] labels, boolean ended, double logProbability, double score, float[][] attention) {}
