package org.rondo.bench.workers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All runs of one model.
 *
 * @param runs at least one
 */
record Study(String model, List<Run> runs) {
  private static final List<String> FIRST = List.of("average", "block-momentum", "gradient");

  Study {
    runs = List.copyOf(runs);
  }

  /** One study per model, in the order in which models first occur. */
  static List<Study> of(List<Run> runs) {
    return runs.stream()
        .map(Run::model)
        .distinct()
        .map(m -> new Study(m, runs.stream().filter(run -> run.model().equals(m)).toList()))
        .toList();
  }

  /** The usual ones first. */
  List<String> synchronizers() {
    List<String> all = runs.stream().map(Run::synchronizer).distinct().sorted().toList();
    return Stream.concat(
            FIRST.stream().filter(all::contains), all.stream().filter(s -> !FIRST.contains(s)))
        .toList();
  }

  List<Integer> shards() {
    return runs.stream().map(Run::shards).distinct().sorted().toList();
  }

  /**
   * What a synchronizer came to. One shard alone has nobody to meet, so that the first synchronizer
   * that was run with one shard stands for those that were not.
   */
  Optional<Outcome> outcome(String synchronizer, int shards) {
    Optional<Outcome> own = own(synchronizer, shards);
    return own.isPresent() || shards > 1 ? own : oneWorker();
  }

  /**
   * What all others are compared with: one shard of the first synchronizer that was run with it.
   */
  Optional<Outcome> oneWorker() {
    return synchronizers().stream().flatMap(s -> own(s, 1).stream()).findFirst();
  }

  private Optional<Outcome> own(String synchronizer, int shards) {
    return Outcome.of(of(synchronizer, shards));
  }

  /** The runs of one cell. */
  List<Run> of(String synchronizer, int shards) {
    return runs.stream()
        .filter(run -> run.synchronizer().equals(synchronizer) && run.shards() == shards)
        .toList();
  }
}
