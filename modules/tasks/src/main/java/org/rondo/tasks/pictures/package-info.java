/**
 * What the report of a run draws beside its figures, as plain values that are written as JSON:
 * lines over the steps of a series, frames, matrices. Each is bounded in size. Knows no task.
 */
package org.rondo.tasks.pictures;
