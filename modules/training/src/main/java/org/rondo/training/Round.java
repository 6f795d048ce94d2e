package org.rondo.training;

import java.io.Serializable;

/**
 * Everything that a worker must know about a round beside parameters, state and shard.
 *
 * @param number from 1
 * @param learningRateScale of the plateau schedule, see {@link Schedule#rate}
 * @param workspace what to train on
 * @param fingerprint of the driver's kernels
 */
public record Round(
    int number,
    TrainingPlan plan,
    double learningRateScale,
    WorkspaceKey workspace,
    String fingerprint)
    implements Serializable {}
