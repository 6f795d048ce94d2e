/** Trained models in a plain JVM: rows in, predictions out. Knows no Spark and no Hadoop. */
package org.rondo.serving;
