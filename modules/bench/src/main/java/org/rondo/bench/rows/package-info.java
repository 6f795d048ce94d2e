/** What training on sequences of unequal length costs, as classifiers and taggers of text have. */
package org.rondo.bench.rows;
