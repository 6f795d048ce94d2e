package org.rondo.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.training.optimizers.NonFinite;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.Safetensors;
import org.rondo.training.storage.Storage;

/**
 * What a checkpoint holds of a network, in memory: it outlives the folder that it was read from,
 * and can be written to another one, as a checkpoint without the states of shards. Immutable.
 */
public final class TrainedNetwork {
  /** In the place of the fingerprint of kernels. */
  private static final String ELSEWHERE = "trained elsewhere";

  private final int round;
  private final String fingerprint;
  private final SortedMap<String, String> texts;
  private final NetworkSpec network;
  private final float[] parameters;

  private TrainedNetwork(Checkpoint checkpoint) {
    round = checkpoint.round();
    fingerprint = checkpoint.fingerprint();
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(checkpoint.texts()));
    network = checkpoint.network();
    parameters = checkpoint.parameters();
  }

  private TrainedNetwork(TrainedNetwork other, SortedMap<String, String> texts) {
    round = other.round;
    fingerprint = other.fingerprint;
    this.texts = Collections.unmodifiableSortedMap(texts);
    network = other.network;
    parameters = other.parameters;
  }

  private TrainedNetwork(
      NetworkSpec network, Map<String, String> dictionaries, float[] parameters) {
    round = 0;
    fingerprint = ELSEWHERE;
    var all = new TreeMap<>(dictionaries);
    all.put(Checkpoint.NETWORK, network.toJson());
    texts = Collections.unmodifiableSortedMap(all);
    this.network = network;
    this.parameters = parameters;
  }

  /**
   * A network that was trained by something else; as a checkpoint it is of round 0.
   *
   * @param dictionaries what its numbers mean, by the name of the file, such as {@code
   *     vocabulary.json}
   * @param parameters in the order of {@link Network#layout}; not copied
   * @throws org.rondo.training.storage.CheckpointException if one of them is no finite number
   */
  public static TrainedNetwork elsewhere(
      NetworkSpec network, Map<String, String> dictionaries, float[] parameters) {
    NonFinite.parameter(Network.layout(network), parameters)
        .ifPresent(
            found -> {
              throw new CheckpointException("imported network: " + found);
            });
    return new TrainedNetwork(network, dictionaries, parameters);
  }

  /**
   * Reads what a checkpoint holds.
   *
   * @throws org.rondo.training.storage.CheckpointException if it is damaged
   */
  public static TrainedNetwork of(Checkpoint checkpoint) {
    return new TrainedNetwork(checkpoint);
  }

  /** The round after which it was written. */
  public int round() {
    return round;
  }

  /** The network's description. */
  public NetworkSpec network() {
    return network;
  }

  /** The flat parameter vector, in the order of {@link Network#layout}; not to be modified. */
  public float[] parameters() {
    return parameters;
  }

  /**
   * The text of a file of the checkpoint, such as {@code features.json}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException(
          "checkpoint: it holds no " + name + ", but " + texts.keySet());
    }
    return text;
  }

  /**
   * The same with another text in a file that it has.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public TrainedNetwork withText(String name, String text) {
    text(name);
    var changed = new TreeMap<>(texts);
    changed.put(name, text);
    return new TrainedNetwork(this, changed);
  }

  /**
   * Writes it as a checkpoint, the manifest last.
   *
   * @param folder that holds no checkpoint yet
   */
  public void write(Storage folder) throws IOException {
    var files = new ArrayList<FileEntry>();
    for (var text : texts.entrySet()) {
      files.add(Files.create(folder, text.getKey(), CheckpointWriter.text(text.getValue())));
    }
    files.add(
        Files.create(
            folder,
            Checkpoint.PARAMETERS,
            out ->
                Safetensors.write(
                    out,
                    CheckpointWriter.notes(round, fingerprint),
                    Network.layout(network),
                    parameters)));
    CheckpointWriter.commit(
        folder,
        CheckpointWriter.text(new Manifest(Manifest.VERSION, round, fingerprint, files).toJson()));
  }
}
