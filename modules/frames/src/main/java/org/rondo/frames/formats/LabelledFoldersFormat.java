package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.text.TextFiles;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * One example a file, in a folder of its label's name, such as {@code pos/0_9.txt}. Files elsewhere
 * than right in such a folder are passed over. Columns: {@code label} and {@code text}.
 *
 * <p>Option: {@code labels}, the folders that are read, such as {@code pos neg}; all by default.
 */
@AutoService(RowFormat.class)
public final class LabelledFoldersFormat implements LineFormat {
  private static final String LABELS = "labels";

  @Override
  public String name() {
    return "labelled-folders";
  }

  @Override
  public Set<String> options() {
    return Set.of(LABELS);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    return List.of(
        new FormatColumn("label", ColumnType.LABEL), new FormatColumn("text", ColumnType.TEXT));
  }

  @Override
  public boolean reads(Path file, TextFiles found, Options options) {
    return isLabel(file.getParent(), found, options);
  }

  @Override
  public SortedMap<String, String> empty(TextFiles found, Options options) {
    var empty = new TreeMap<String, String>();
    EmptyFolders.of(found, file -> true).stream()
        .filter(folder -> isLabel(folder, found, options))
        .forEach(folder -> empty.put(folder.toString(), "holds no text"));
    return empty;
  }

  private static boolean isLabel(Path folder, TextFiles found, Options options) {
    List<String> labels =
        Arrays.stream(options.values().getOrDefault(LABELS, "").split("[ ,\t]+"))
            .filter(label -> !label.isEmpty())
            .toList();
    boolean isNamed = labels.isEmpty() || labels.contains(folder.getName());
    return isNamed && !found.folders().isEmpty() && isRoot(folder.getParent(), found);
  }

  /** Found folders are those of the path itself, each followed by those within it. */
  private static boolean isRoot(Path folder, TextFiles found) {
    return folder != null
        && found.folders().contains(folder)
        && !found.folders().contains(folder.getParent());
  }

  @Override
  public Iterator<FormatRow> rows(TextLines lines, Options options) {
    String label = new Path(lines.file()).getParent().getName();
    return List.of(FormatRow.of(0, label, lines.rest())).iterator();
  }
}
