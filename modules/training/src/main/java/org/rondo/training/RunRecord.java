package org.rondo.training;

/**
 * What {@code run.json} of a checkpoint holds.
 *
 * @param plan as it was trained
 * @param state of the loop over rounds
 * @param trainTokens tokens of the training split
 */
public record RunRecord(TrainingPlan plan, RunState state, long trainTokens) {}
