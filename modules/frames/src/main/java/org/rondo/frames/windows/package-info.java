/**
 * Series whose steps are rows: grouped, put in order, laid on a regular grid of time, and cut into
 * windows, which are rows of a DataFrame of their own; and forecasts of windows back to rows.
 */
package org.rondo.frames.windows;
