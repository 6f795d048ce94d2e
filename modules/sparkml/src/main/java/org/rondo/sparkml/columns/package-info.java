/**
 * The columns that models write: from what a network predicts to the cells of rows, and their
 * types. How networks are trained and shipped is not here.
 */
package org.rondo.sparkml.columns;
