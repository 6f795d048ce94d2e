package org.rondo.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The versions that the build wrote into the jar. */
public final class Versions {
  private static final Properties BUILT = read();

  private Versions() {}

  private static Properties read() {
    var properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("version.properties is not readable", e);
    }
    return properties;
  }

  /** Rondo's own version. */
  public static String rondo() {
    return BUILT.getProperty("version");
  }

  /** The version of Spark that Rondo was built for. */
  public static String spark() {
    return BUILT.getProperty("spark");
  }
}
