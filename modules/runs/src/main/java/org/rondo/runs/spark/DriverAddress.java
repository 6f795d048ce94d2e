package org.rondo.runs.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;
import org.rondo.runs.SettingsException;

/**
 * The address under which executors reach the driver. Those of a local master are on this machine,
 * so the loopback serves, whatever the machine is called and whoever is beside it on the network;
 * those of a cluster must reach this machine by an address that Spark finds, or {@code
 * SPARK_LOCAL_IP} or {@code spark.driver.host} names.
 */
public final class DriverAddress {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOCAL_IP = "SPARK_LOCAL_IP";
  private static final String HOST = "spark.driver.host";

  private DriverAddress() {}

  /**
   * Tells Spark the address before it looks for one by itself, which it does as soon as its classes
   * load. Of a process that has a context already, nothing changes.
   *
   * @param master of Spark; may be null where a caller's own context is still to come
   */
  static void choose(String master) {
    if (!isGiven() && SparkEnv.get() == null && (isLocal(master) || whyUnknown() != null)) {
      Utils.setCustomHostname(LOOPBACK);
    }
  }

  /**
   * What a context of this master is to be started with.
   *
   * @throws SettingsException if executors elsewhere would not find this machine
   */
  static SparkConf required(SparkConf conf) {
    if (isGiven()) {
      return conf;
    }
    if (isLocal(conf.get("spark.master"))) {
      return onLoopback(conf);
    }
    if (!conf.contains(HOST)) {
      requireKnown(conf.get("spark.master"));
    }
    return conf;
  }

  static SparkConf onLoopback(SparkConf conf) {
    conf.setIfMissing(HOST, LOOPBACK);
    conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    // Executors of local-cluster look for an address of their own.
    conf.setIfMissing("spark.executorEnv." + LOCAL_IP, LOOPBACK);
    return new LoopbackConf(conf);
  }

  /**
   * Refuses a machine whose name has no address, unless the environment names one.
   *
   * @param master that asks for it
   * @throws SettingsException with the cure
   */
  public static void requireKnown(String master) {
    String unknown = isGiven() ? null : whyUnknown();
    if (unknown != null) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "Spark does not start on %s: this machine's own name has no address (%s); export %s=ADDRESS, by which the cluster reaches this machine, or add the name to /etc/hosts",
              master,
              unknown,
              LOCAL_IP));
    }
  }

  private static boolean isGiven() {
    return System.getenv(LOCAL_IP) != null;
  }

  static boolean isLocal(String master) {
    return master != null && master.startsWith("local");
  }

  /** Null if the machine's name has an address. */
  private static String whyUnknown() {
    try {
      InetAddress.getLocalHost();
      return null;
    } catch (UnknownHostException e) {
      return e.getMessage();
    }
  }

  /**
   * Spark's pages listen on all of the machine's addresses unless the environment names one, and a
   * process cannot change its own environment: Spark asks its configuration for it.
   */
  private static final class LoopbackConf extends SparkConf {
    private static final long serialVersionUID = 1L;

    LoopbackConf(SparkConf values) {
      super(false);
      for (var value : values.getAll()) {
        set(value._1(), value._2());
      }
    }

    @Override
    public String getenv(String name) {
      return name.equals(LOCAL_IP) ? LOOPBACK : super.getenv(name);
    }

    @Override
    public SparkConf clone() {
      return new LoopbackConf(this);
    }
  }
}
