package org.rondo.frames.rows;

import org.apache.spark.Partitioner;

/** A key that says itself which part its row goes to. */
public interface Placed {
  /** The part of so many, from 0. */
  int part(int parts);

  /** Sends rows where their keys say. */
  static Partitioner partitioner(int parts) {
    return new Partitioner() {
      private static final long serialVersionUID = 1L;

      @Override
      public int numPartitions() {
        return parts;
      }

      @Override
      public int getPartition(Object key) {
        return ((Placed) key).part(parts);
      }
    };
  }
}
