package org.rondo.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.rondo.runs.spark.ExecutorLocale;

/**
 * The arguments as the JVM read them. It puts U+FFFD in the place of bytes that the locale's
 * charset does not have, and goes on; a file of that name would not be found, and a text would
 * begin wrongly.
 */
final class ReadableArguments {
  private static final String REPLACED = "\uFFFD";

  private ReadableArguments() {}

  /** What is wrong with them, in a sentence; empty if they are as they were given. */
  static Optional<String> obstacle(String... arguments) {
    return Stream.of(arguments)
        .filter(argument -> argument.contains(REPLACED))
        .findFirst()
        .map(
            argument ->
                String.format(
                    Locale.ROOT,
                    "argument '%s' holds bytes that are no text in %s, this process's charset: give arguments in UTF-8, in a locale of UTF-8 such as LC_ALL=%s",
                    argument,
                    ExecutorLocale.ofNames(),
                    ExecutorLocale.UTF_8));
  }
}
