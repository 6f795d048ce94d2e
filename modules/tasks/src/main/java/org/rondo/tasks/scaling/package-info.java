/** How values of series are scaled by their training steps, for every task on series. */
package org.rondo.tasks.scaling;
