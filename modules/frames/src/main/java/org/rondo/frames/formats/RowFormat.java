package org.rondo.frames.formats;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.text.TextFiles;
import org.rondo.kernels.OpenSet;
import org.rondo.models.Options;

/**
 * A format of files that hold rows. An {@link OpenSet}: a format is a class with
 * {@code @AutoService(RowFormat.class)}. Stateless.
 */
public interface RowFormat {
  /** Every format that is found. */
  OpenSet<RowFormat> ALL = new OpenSet<>(RowFormat.class, "data.format", "format", RowFormat::name);

  /** As {@code data.format = NAME}. */
  String name();

  /** Names of its options. */
  Set<String> options();

  /**
   * The columns of its rows.
   *
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  List<FormatColumn> columns(Options options);

  /**
   * The rows of files that belong together, read as they are asked for.
   *
   * @param files of one of {@link #groups}
   * @throws org.rondo.ingest.IngestException from here or from the iterator, if a file as a whole
   *     cannot be read; a row that cannot be is a {@link FormatRow#problem}
   */
  FormatRows open(List<String> files, Options options, Configuration hadoop);

  /**
   * Which of the files that it reads belong together; by default each stands alone.
   *
   * @param files in path order
   */
  default List<List<String>> groups(List<String> files, Options options) {
    return files.stream().map(List::of).toList();
  }

  /**
   * The options with what its files must have in common, which is looked for on the driver; by
   * default the options alone.
   *
   * @param groups of all files at a path
   */
  default Options settled(List<List<String>> groups, Options options, Configuration hadoop) {
    return options;
  }

  /**
   * What is found at a path and holds no row, though it should: what is wrong, by its place. Each
   * counts as a row that cannot be used. By default nothing.
   */
  default SortedMap<String, String> empty(TextFiles found, Options options) {
    return Collections.emptySortedMap();
  }

  /** Whether it reads a file that was found at the path, which may be a folder or a glob. */
  default boolean reads(Path file, TextFiles found, Options options) {
    return true;
  }

  /** Names of all formats there are. */
  static List<String> names() {
    return ALL.names();
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static RowFormat named(String name) {
    return ALL.named(name);
  }
}
