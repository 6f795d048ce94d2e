package org.rondo.frames.predict;

import java.util.List;
import java.util.Map;
import org.rondo.frames.InvalidRows;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Column;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;
import org.rondo.training.workspace.KernelPlan;

/**
 * What predicts, and how rows are read for it.
 *
 * @param task that was learned
 * @param settings its keys
 * @param features that it was fitted to
 * @param network its description
 * @param kernels that predict, in a precision that is decided
 * @param columns the column of each role; a role that is missing has a column of its own name
 * @param invalidRows whether rows that cannot be used refuse the whole, or have no prediction
 */
public record FrameModel(
    Task task,
    TaskSettings settings,
    Features features,
    NetworkSpec network,
    KernelPlan kernels,
    Map<String, String> columns,
    InvalidRows invalidRows) {
  /** The columns that are read: what was left to the training rows is decided by now. */
  public List<Column> roles() {
    return task.learned(settings).stream()
        .map(
            column ->
                features.inputs().contains(column.role())
                    ? new Column(column.role(), column.type(), Column.Need.ALWAYS)
                    : column)
        .toList();
  }

  /** The same that treats rows otherwise that cannot be used. */
  public FrameModel with(InvalidRows invalid) {
    return new FrameModel(task, settings, features, network, kernels, columns, invalid);
  }

  /** The columns of those roles: windows have columns of the roles' names. */
  Map<String, String> learnedColumns() {
    return task.windows(settings).isPresent() ? Map.of() : columns;
  }
}
