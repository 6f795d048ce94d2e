package org.rondo.training.sync;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Bfloat16;
import org.rondo.kernels.ValueException;

/**
 * In which precision shards hand in what they learned. Decides bits, so carriers that move nothing
 * round as well.
 */
public enum WireFormat {
  /** Parameters or gradients as they are. */
  FLOAT32,
  /**
   * Differences to the common parameters, or gradients, rounded to 8 significant bits, ties to
   * even: half the traffic, for a relative error of up to 1/256 in what one shard learned in one
   * round. The common parameters themselves stay float32.
   */
  BFLOAT16;

  /**
   * The format of a configuration's word.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static WireFormat named(String word) {
    for (WireFormat each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(values()).map(WireFormat::word).toList();
    throw new ValueException("sync.wire", word, "must be one of " + words);
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of a value. */
  public int bytes() {
    return this == FLOAT32 ? Float.BYTES : Short.BYTES;
  }

  /**
   * What a shard hands in, in values that this format holds exactly.
   *
   * @param contribution empty for a shard that hands in nothing; not modified
   * @param common where the round began; not modified
   */
  public float[] rounded(float[] contribution, float[] common, Exchange exchange) {
    if (this == FLOAT32) {
      return contribution;
    }
    var rounded = new float[contribution.length];
    boolean differences = exchange == Exchange.PARAMETERS;
    for (int i = 0; i < rounded.length; i++) {
      float value = differences ? contribution[i] - common[i] : contribution[i];
      rounded[i] = Bfloat16.widen(Bfloat16.round(value));
    }
    return rounded;
  }

  /**
   * The mean of parameters or gradients from the mean of what {@link #rounded} gave; of progress,
   * the parameters to which it leads.
   *
   * @param mean may be overwritten and handed back
   * @param common what the differences are to; not modified
   */
  public float[] restored(float[] mean, float[] common, Exchange exchange) {
    boolean differences = this == BFLOAT16 && exchange == Exchange.PARAMETERS;
    if (differences || exchange == Exchange.PROGRESS) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += common[i];
      }
    }
    return mean;
  }
}
