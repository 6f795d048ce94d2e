package org.rondo.training;

/**
 * That a run went on with another number of shards, whose states began anew.
 *
 * @param round the last one before
 * @param from shards until then
 * @param to shards since then
 */
public record Resharding(int round, int from, int to) {}
