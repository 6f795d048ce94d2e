package org.rondo.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.stream.Stream;

/** Jars that are submitted beside Rondo's, as far as they lie on this machine. */
final class SubmittedJars {
  private SubmittedJars() {}

  /**
   * What is in them, for the members of open sets to be found as the driver will find them.
   *
   * @param jars paths or URIs, between commas; those that lie elsewhere are passed over
   */
  static URLClassLoader loader(String jars, ClassLoader parent) {
    return new URLClassLoader(
        Stream.of(jars.split(","))
            .map(String::strip)
            .filter(jar -> !jar.isEmpty())
            .flatMap(jar -> file(jar).stream())
            .map(SubmittedJars::url)
            .toArray(URL[]::new),
        parent);
  }

  /**
   * The file of this machine that a path or URI names as Spark reads them; empty if it names one
   * elsewhere.
   */
  static Optional<File> file(String place) {
    String path = place.replaceFirst("^(file|local):/*", "/");
    return path.matches("[A-Za-z][\\w+.-]*:.*") ? Optional.empty() : Optional.of(new File(path));
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(file + " has no URL", e);
    }
  }
}
