/**
 * Functions of SQL over saved models: {@code rondo_predict}, {@code rondo_perplexity}, {@code
 * rondo_generate}. What a model predicts is not here.
 */
package org.rondo.sparkml.sql;
