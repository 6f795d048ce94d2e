package org.rondo.frames;

import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.tasks.Features;

/**
 * A dataset that is ready to train on.
 *
 * @param folder where its sequences and its {@code features.json} are
 * @param features that it was encoded with
 * @param report what became of the rows
 * @param found whether it had been prepared before and was taken as it is
 */
public record PreparedData(
    SequenceFolder folder, Features features, PreparationReport report, boolean found) {}
