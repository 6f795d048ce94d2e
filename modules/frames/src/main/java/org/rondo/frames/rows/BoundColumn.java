package org.rondo.frames.rows;

import java.io.Serializable;
import org.rondo.tasks.ColumnType;

/**
 * A column of the data in its role.
 *
 * @param role what the task calls it
 * @param type that the task reads it as
 * @param name of the column
 * @param shown name of the user's column that it is, or is made of; empty where there is none
 * @param index of the column in a row
 * @param required whether a row without a value cannot be used
 * @param nullIsEmpty whether a text that is null is an empty one
 */
public record BoundColumn(
    String role,
    ColumnType type,
    String name,
    String shown,
    int index,
    boolean required,
    boolean nullIsEmpty)
    implements Serializable {}
