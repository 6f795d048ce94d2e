package org.rondo.runs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rondo.evaluation.Scores;
import org.rondo.tasks.pictures.Picture;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;

/** What a run is trained on, as its task prepared it: text, or rows. */
interface RunData {
  /**
   * What is to be trained: data, network and plan.
   *
   * @throws org.rondo.ingest.IngestException if there is too little data for the plan
   */
  TrainingJob job();

  /** What training takes beside the heap. */
  JobMemory memory(TrainingJob job);

  /** What a target is called, in the singular. */
  String unit();

  /** What a person should see of it. */
  String summary();

  /** Parameters that a fresh run begins with, where they are not drawn. */
  default Optional<float[]> initial(TrainingJob job) {
    return Optional.empty();
  }

  /** What the record of a run says of it. */
  Map<String, Object> description();

  /** A text that the trained network makes, for a person to look at; empty where it writes none. */
  String sample(Checkpoint best);

  /**
   * What the report draws of a few rows.
   *
   * @param validation what a job measures on the validation rows, with the parameters of the
   *     checkpoint
   */
  default List<Picture> pictures(Checkpoint best, Function<TrainingJob, Scores> validation) {
    return List.of();
  }
}
