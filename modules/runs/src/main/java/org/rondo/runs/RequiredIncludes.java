package org.rondo.runs;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Includes of HOCON that must be there: by itself it passes over one that is missing, and a run
 * would take the defaults instead. Files alone are read; nothing is fetched from a URL, and nothing
 * taken from the class path, where it depends on how the command was started.
 */
final class RequiredIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** What a name may lack. */
  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  /** HOCON takes a name that reads so for a URL, and fetches it. */
  private static final Pattern URLS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

  /** From the file that is loaded to the one that is being read. */
  private final Deque<String> reading = new ArrayDeque<>();

  private final SortedSet<String> files = new TreeSet<>();
  private ConfigIncluder standard;

  RequiredIncludes(File loaded) {
    reading.push(loaded.getPath());
    files.add(loaded.getPath());
  }

  /** The file that is loaded, and what was included up to now. */
  SortedSet<String> files() {
    return Collections.unmodifiableSortedSet(files);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    standard = fallback;
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String name) {
    if (URLS.matcher(name).lookingAt()) {
      throw notAFile(name);
    }
    List<String> found =
        ENDINGS.stream()
            .map(ending -> context.relativeTo(name + ending))
            .filter(Objects::nonNull)
            .map(ConfigParseable::origin)
            .map(origin -> origin.filename())
            .filter(file -> file != null && new File(file).isFile())
            .toList();
    return read(name, found, () -> standard.include(context, name));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    List<String> found = Stream.of(file).filter(File::isFile).map(File::getPath).toList();
    return read(
        file.getPath(), found, () -> ConfigFactory.parseFile(file, context.parseOptions()).root());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
    throw notAFile("url(" + url + ")");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String name) {
    throw notAFile("classpath(" + name + ")");
  }

  private SettingsException notAFile(String included) {
    return new SettingsException(
        String.format(
            Locale.ROOT,
            "configuration: %s includes %s, which is not read: only files can be included, so save it as one",
            reading.peek(),
            included));
  }

  private ConfigObject read(String name, List<String> found, Supplier<ConfigObject> content) {
    if (found.isEmpty()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: %s includes \"%s\", and there is no such file",
              reading.peek(),
              name));
    }
    if (reading.contains(found.get(0))) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: %s includes \"%s\", which is itself being read: the includes go in a circle",
              reading.peek(),
              name));
    }
    found.forEach(file -> ConfigurationFile.require(new File(file)));
    files.addAll(found);
    reading.push(found.get(0));
    try {
      return content.get();
    } finally {
      reading.pop();
    }
  }
}
