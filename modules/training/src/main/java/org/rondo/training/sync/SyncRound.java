package org.rondo.training.sync;

/**
 * What an {@link OuterStep} knows of the round after which it is taken.
 *
 * @param number from 1
 * @param warmsUp whether the first shard trained alone, see {@link SyncPlan#warmUp}
 * @param learningRate of the round's last minibatch
 */
public record SyncRound(int number, boolean warmsUp, double learningRate) {}
