package org.rondo.cli.submit;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rondo.runs.SettingsException;

/** Jars that are submitted beside Rondo's, as far as they lie on this machine. */
final class SubmittedJars {
  private static final String URI = "[A-Za-z][\\w+.-]*:.*";

  private SubmittedJars() {}

  /**
   * Refuses one that should lie on this machine and does not.
   *
   * @param what names the setting
   * @param jars paths or URIs, between commas; patterns and those that lie elsewhere are passed
   *     over
   * @throws SettingsException if a file does not exist
   */
  static void require(String what, String jars) {
    each(jars)
        .filter(jar -> !jar.startsWith("local:") && !jar.matches(".*[*?\\[{].*"))
        .filter(jar -> file(jar).filter(file -> !file.exists()).isPresent())
        .findFirst()
        .ifPresent(
            jar -> {
              throw new SettingsException(
                  String.format(
                      Locale.ROOT,
                      "%s = %s does not exist on this machine; local:///PATH names one that only the cluster's have",
                      what,
                      jar));
            });
  }

  /** The same places for a process in another folder. */
  static String whole(String places) {
    return each(places)
        .map(place -> place.matches(URI) ? place : new File(place).getAbsolutePath())
        .collect(Collectors.joining(","));
  }

  private static Stream<String> each(String places) {
    return Stream.of(places.split(",")).map(String::strip).filter(place -> !place.isEmpty());
  }

  /**
   * What is in them, for the members of open sets to be found as the driver will find them.
   *
   * @param jars paths or URIs, between commas; those that lie elsewhere are passed over
   */
  static URLClassLoader loader(String jars, ClassLoader parent) {
    return new URLClassLoader(
        each(jars).flatMap(jar -> file(jar).stream()).map(SubmittedJars::url).toArray(URL[]::new),
        parent);
  }

  /**
   * The file of this machine that a path or URI names as Spark reads them; empty if it names one
   * elsewhere.
   */
  static Optional<File> file(String place) {
    String path = place.replaceFirst("^(file|local):/*", "/");
    return path.matches(URI) ? Optional.empty() : Optional.of(new File(path));
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(file + " has no URL", e);
    }
  }
}
