/** Unusual steps of series: errors of a network that follows them, and what these come to. */
package org.rondo.tasks.anomaly;
