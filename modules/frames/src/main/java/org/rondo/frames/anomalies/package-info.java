/** Tables and streams of series with the scores of their steps, and the alarms that these raise. */
package org.rondo.frames.anomalies;
