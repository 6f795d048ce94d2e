/** Future values of series, from windows of their past. */
package org.rondo.tasks.forecasting;
