package org.rondo.evaluation;

import org.rondo.ingest.Vocabulary;
import org.rondo.models.Network;

/** Lets a language model continue a text, token by token. */
public final class Generator {
  /** A generator over a network of T = 1 and B = 1, which stays the caller's to close. */
  public Generator(Network network, Vocabulary vocabulary) {}

  /** The prime and what the network adds to it. */
  public String generate(String prime, GenerationPlan plan) {
    return null;
  }

  /** The ids that the network adds to those of the prime. */
  public int[] generate(int[] prime, GenerationPlan plan) {
    return new int[0];
  }
}
