/** Line charts as SVG, for the documents that benchmark programs write. */
package org.rondo.bench.chart;
