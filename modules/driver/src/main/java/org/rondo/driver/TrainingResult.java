package org.rondo.driver;

import java.util.Optional;

/**
 * What a run came to.
 *
 * @param validationLoss the lowest, in nats per token; NaN if the run was interrupted before the
 *     first evaluation
 * @param perplexity of that loss
 * @param tokensPerSecond targets trained per second of the rounds, resumed ones included; start-up,
 *     evaluation and checkpoints excluded
 * @param tokens targets trained by all shards, earlier parts of a resumed run included
 * @param rounds trained, earlier parts of a resumed run included
 * @param parametersSha256 of the last round's parameters as little-endian float32
 * @param bestCheckpoint folder of the parameters with {@code validationLoss}
 * @param interrupted whether it was asked to stop before its end
 */
public record TrainingResult(
    double validationLoss,
    double perplexity,
    double tokensPerSecond,
    long tokens,
    int rounds,
    String parametersSha256,
    Optional<String> bestCheckpoint,
    boolean interrupted) {}
