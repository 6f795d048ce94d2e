/**
 * From rows to a folder of prepared sequences: rows are placed in an order that only their content
 * decides, the task is fitted to those of training, and all are encoded and written by tasks.
 */
package org.rondo.frames.prepare;
