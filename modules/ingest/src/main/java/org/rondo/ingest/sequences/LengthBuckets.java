package org.rondo.ingest.sequences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.Shuffle;
import org.rondo.kernels.CounterRandom;

/**
 * Sequences of similar length together, so that minibatches of few shapes hold little padding: each
 * shape needs a network of its own, each padded step is computed for nothing.
 *
 * <p>Sorted by length, every B sequences make a minibatch, so that only one of them, of the
 * shortest, has rows left over; no packing of the sequences in minibatches of B rows has fewer
 * steps. Which minibatches share a shape is the choice with the least padding. None of the
 * sequences is cut or dropped.
 */
public final class LengthBuckets {
  /**
   * Sequences of length {@code steps} at most, and at least as long as those of the next bucket.
   */
  private record Bucket(int steps, List<Sequence> sequences) {
    int minibatches(int batch) {
      return minibatchesOf(sequences.size(), batch);
    }
  }

  private final int batch;
  private final List<Bucket> buckets;

  private LengthBuckets(int batch, List<Bucket> buckets) {
    this.batch = batch;
    this.buckets = List.copyOf(buckets);
  }

  /**
   * Sorts them into buckets.
   *
   * @param batch B, rows of every minibatch
   * @param shapes at most so many buckets
   * @throws IllegalArgumentException if there is no sequence, no row or no bucket
   */
  public static LengthBuckets of(List<Sequence> sequences, int batch, int shapes) {
    if (sequences.isEmpty() || batch < 1 || shapes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "buckets: %d sequences in minibatches of %d rows and %d shapes, each must be >= 1",
              sequences.size(),
              batch,
              shapes));
    }
    var sorted = new ArrayList<>(sequences);
    sorted.sort(Comparator.comparingInt(Sequence::length).reversed()); // stable
    var lengths = new int[minibatchesOf(sorted.size(), batch)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Math.max(1, sorted.get(i * batch).length()); // a network has a step at least
    }
    var buckets = new ArrayList<Bucket>();
    int from = 0;
    for (int end : LengthBorders.least(lengths, shapes)) {
      int to = (int) Math.min((long) end * batch, sorted.size());
      buckets.add(new Bucket(lengths[from], List.copyOf(sorted.subList(from * batch, to))));
      from = end;
    }
    return new LengthBuckets(batch, buckets);
  }

  private static int minibatchesOf(int sequences, int batch) {
    return (int) (((long) sequences + batch - 1) / batch);
  }

  /** B. */
  public int batch() {
    return batch;
  }

  /** T of each bucket, longest first. */
  public List<Integer> steps() {
    return buckets.stream().map(Bucket::steps).toList();
  }

  /** Of all buckets together. */
  public int minibatches() {
    return buckets.stream().mapToInt(bucket -> bucket.minibatches(batch)).sum();
  }

  /** The share of steps that are padding, empty rows included; in [0,1]. */
  public double padding() {
    long steps = 0;
    long used = 0;
    for (Bucket bucket : buckets) {
      steps += (long) bucket.minibatches(batch) * batch * bucket.steps;
      used += bucket.sequences.stream().mapToLong(Sequence::length).sum();
    }
    return 1 - (double) used / steps;
  }

  /**
   * One pass over all sequences: shuffled within their bucket, and the minibatches of all buckets
   * shuffled together; a pure function of the sequences and the numbers.
   */
  public Epoch epoch(CounterRandom random) {
    var minibatches = new ArrayList<Epoch.Part>();
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      List<Sequence> shuffled = shuffled(bucket.sequences, random.derive("bucket").derive(i));
      for (int from = 0; from < shuffled.size(); from += batch) {
        int to = Math.min(from + batch, shuffled.size());
        minibatches.add(new Epoch.Part(bucket.steps, shuffled.subList(from, to)));
      }
    }
    return new Epoch(batch, shuffled(minibatches, random.derive("minibatches")));
  }

  private static <E> List<E> shuffled(List<E> ordered, CounterRandom random) {
    return Arrays.stream(Shuffle.permutation(ordered.size(), random))
        .mapToObj(ordered::get)
        .toList();
  }
}
