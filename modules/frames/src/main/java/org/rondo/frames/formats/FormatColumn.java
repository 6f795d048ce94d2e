package org.rondo.frames.formats;

import org.rondo.tasks.ColumnType;

/**
 * A column of a format's rows.
 *
 * @param name of the column
 * @param type of its values
 */
public record FormatColumn(String name, ColumnType type) {}
