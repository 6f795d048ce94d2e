/**
 * How good forecasts of series are: the network's, and beside them those of the last value and of
 * the last season, as every metric knows them. A target holds, behind the future values, the notes
 * that these metrics read.
 */
package org.rondo.evaluation.forecasts;
