package org.rondo.kernels;

/**
 * Random numbers that are a pure function of a key and a counter: no state to carry, the same on
 * every machine.
 *
 * <p>Bits are the finalizer of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195)
 * over key and counter. A key is narrowed by {@link #derive}: {@code
 * CounterRandom.of(seed).derive(shard).derive(step)}.
 */
public record CounterRandom(long key) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The root of all numbers of a run. */
  public static CounterRandom of(long seed) {
    return new CounterRandom(mix(seed + GOLDEN));
  }

  /** An independent sequence, named by a number. */
  public CounterRandom derive(long name) {
    return new CounterRandom(mix(key ^ mix(name + GOLDEN)));
  }

  /** An independent sequence, named by a purpose. */
  public CounterRandom derive(String purpose) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
    }
    return derive(hash);
  }

  /** 64 random bits. */
  public long bits(long counter) {
    return mix(key + (counter + 1) * GOLDEN);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double uniform(long counter) {
    return (bits(counter) >>> 11) * 0x1.0p-53;
  }

  /** Normal with mean 0 and variance 1 (Box and Muller 1958). */
  public double gaussian(long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(2 * counter)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * counter + 1));
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
