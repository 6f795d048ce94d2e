package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.TextFiles;
import org.rondo.ingest.text.ZstdCodec;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * Texts and their translations in two files, line by line: {@code train.en} and {@code train.de}.
 * Columns: {@code source} and {@code target}, as they are, empty lines too; a file of sources by
 * itself has no targets. Where one of two files has more lines, both are refused.
 *
 * <p>Options: {@code source} and {@code target}, how the names of the files end before {@code .gz},
 * {@code .bz2} or {@code .zst}, such as {@code en} and {@code de}. Two files belong together whose
 * names are equal but for that; other files are passed over.
 */
@AutoService(RowFormat.class)
public final class ParallelTextFormat implements RowFormat {
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final CompressionCodecFactory CODECS =
      new CompressionCodecFactory(new Configuration(false));

  @Override
  public String name() {
    return "parallel-text";
  }

  @Override
  public Set<String> options() {
    return Set.of(SOURCE, TARGET);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    String source = ending(options, SOURCE);
    String target = ending(options, TARGET);
    ValueException.unless(
        !source.endsWith(target) && !target.endsWith(source),
        "data.options." + TARGET,
        target,
        "must not be the end of a name that data.options.source = " + source + " is");
    return List.of(
        new FormatColumn(SOURCE, ColumnType.TEXT), new FormatColumn(TARGET, ColumnType.TEXT));
  }

  private static String ending(Options options, String name) {
    String ending = options.values().getOrDefault(name, "");
    ValueException.unless(
        !ending.isBlank(),
        "data.options." + name,
        ending,
        "must say how the names of the files of the format parallel-text end, such as en");
    return ending;
  }

  @Override
  public boolean reads(Path file, TextFiles found, Options options) {
    String name = unpacked(file.toString());
    return name.endsWith(ending(options, SOURCE)) || name.endsWith(ending(options, TARGET));
  }

  /** Without the ending of a compressed file. */
  private static String unpacked(String name) {
    CompressionCodec codec = ZstdCodec.of(new Path(name), CODECS);
    return codec == null
        ? name
        : CompressionCodecFactory.removeSuffix(name, codec.getDefaultExtension());
  }

  @Override
  public List<List<String>> groups(List<String> files, Options options) {
    Map<String, String> sources = byName(files, ending(options, SOURCE));
    Map<String, String> targets = byName(files, ending(options, TARGET));
    var pairs = new ArrayList<List<String>>();
    sources.forEach(
        (name, source) -> {
          String target = targets.remove(name);
          pairs.add(target == null ? List.of(source) : List.of(source, target));
        });
    if (!targets.isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %s has no file of sources beside it, whose name ends in %s; name both by the"
                  + " path",
              targets.values().iterator().next(),
              ending(options, SOURCE)));
    }
    return pairs;
  }

  private static Map<String, String> byName(List<String> files, String ending) {
    var byName = new TreeMap<String, String>();
    for (String file : files) {
      String name = unpacked(file);
      if (name.endsWith(ending)) {
        String before =
            byName.putIfAbsent(name.substring(0, name.length() - ending.length()), file);
        if (before != null) {
          throw new IngestException(
              String.format(
                  Locale.ROOT,
                  "data: %s and %s are the same file twice; leave one away",
                  before,
                  file));
        }
      }
    }
    return byName;
  }

  @Override
  public FormatRows open(List<String> files, Options options, Configuration hadoop) {
    TextLines sources = TextLines.open(files.get(0), hadoop);
    try {
      return files.size() == 1
          ? new LineRows(sources, new SourceRows(sources))
          : new PairedLines(sources, TextLines.open(files.get(1), hadoop));
    } catch (RuntimeException | Error e) {
      sources.close();
      throw e;
    }
  }

  /** Of a file without translations. */
  private static final class SourceRows extends ParsedRows {
    private final TextLines sources;

    SourceRows(TextLines sources) {
      this.sources = sources;
    }

    @Override
    FormatRow parse() {
      String source = sources.next();
      return source == null ? null : FormatRow.of(sources.number(), source, null);
    }
  }
}
