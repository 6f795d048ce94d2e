/** Line charts as SVG, for the tab in Spark's pages and for documents of benchmark programs. */
package org.rondo.charts;
