package org.rondo.training;

import org.rondo.ingest.CorpusFolder;
import org.rondo.models.NetworkSpec;

/**
 * What a carrier works on.
 *
 * @param network that is trained
 * @param plan how
 * @param corpus on what; opened by every machine that trains
 */
public record TrainingJob(NetworkSpec network, TrainingPlan plan, CorpusFolder corpus) {}
