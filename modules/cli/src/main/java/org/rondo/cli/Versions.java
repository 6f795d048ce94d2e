package org.rondo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that the build wrote into the jar. */
final class Versions implements IVersionProvider {
  private static final Properties BUILT = read();

  private static Properties read() {
    var properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("version.properties is not readable", e);
    }
    return properties;
  }

  static String rondo() {
    return BUILT.getProperty("version");
  }

  /** The version of Spark that Rondo was built for. */
  static String spark() {
    return BUILT.getProperty("spark");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"rondo %s, built for Spark %s".formatted(rondo(), spark())};
  }
}
