/**
 * Recurrences: how a step's state follows from the state before. An open set, one class per cell.
 */
package org.rondo.models.cells;
