/** The record of a run: its events as lines of JSON, and the page drawn from them. */
package org.rondo.runs.report;
