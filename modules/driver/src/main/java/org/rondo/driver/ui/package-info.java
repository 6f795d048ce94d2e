/**
 * What can be seen of a run in Spark: the Training tab of its pages, live and in the history
 * server; events in its event log; gauges in its metrics system; and a line per executor in its
 * log. Holds no training: it listens. The classes of Spark's pages are private to Scala, but not to
 * Java; what touches them stays thin.
 */
package org.rondo.driver.ui;
