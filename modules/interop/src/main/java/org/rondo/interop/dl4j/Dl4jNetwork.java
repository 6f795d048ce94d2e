package org.rondo.interop.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * DL4J's networks as Rondo's, with equal outputs. What has no counterpart is refused by name; how a
 * configuration trains (updater, clipping, truncation) is no part of this.
 */
public final class Dl4jNetwork {
  private Dl4jNetwork() {}

  /**
   * A network with the parameters that it has.
   *
   * @param network initialized; not modified
   * @throws UnsupportedLayerException naming the first layer without a counterpart
   * @throws IllegalArgumentException if the network is not initialized, or its data type is neither
   *     FLOAT nor DOUBLE
   */
  public static ImportedNetwork of(MultiLayerNetwork network) {
    NetworkMapping mapping = mapping(network.getLayerWiseConfigurations());
    return new ImportedNetwork(mapping.spec(), Dl4jParameters.from(network, mapping));
  }

  /**
   * A network with the parameters that DL4J gives it at first, of the configuration's own weight
   * initialization and seed.
   *
   * @param configuration not modified
   * @throws UnsupportedLayerException naming the first layer without a counterpart
   * @throws IllegalArgumentException if its data type is neither FLOAT nor DOUBLE
   */
  public static ImportedNetwork of(MultiLayerConfiguration configuration) {
    mapping(configuration);
    var network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return of(network);
  }

  static NetworkMapping mapping(MultiLayerConfiguration configuration) {
    return new ConfigurationReader(configuration).read();
  }
}
