package org.rondo.tasks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/**
 * A trained language model that helps to predict, such as one of the characters of transcripts.
 * Within other JSON it stands as a whole, so that what predicts needs no second checkpoint.
 *
 * @param vocabulary what its ids mean
 * @param network its description, as JSON
 * @param parameters of the network, as its layout says: little-endian float32 in Base64
 */
public record LanguageModel(Vocabulary vocabulary, String network, String parameters) {
  /** Refuses parameters of another network. */
  public LanguageModel {
    int expected = Network.layout(NetworkSpec.fromJson(network)).length();
    int found = Base64.getDecoder().decode(parameters).length / Float.BYTES;
    if (found != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "language model: %d parameters for a network of %d", found, expected));
    }
  }

  /** That of a description and its parameters. */
  public static LanguageModel of(Vocabulary vocabulary, NetworkSpec network, float[] parameters) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    return new LanguageModel(
        vocabulary, network.toJson(), Base64.getEncoder().encodeToString(bytes.array()));
  }

  /** The network's description. */
  public NetworkSpec spec() {
    return NetworkSpec.fromJson(network);
  }

  /** The network's parameters. */
  public float[] values() {
    byte[] bytes = Base64.getDecoder().decode(parameters);
    var values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
