/**
 * What differs between Spark 3.5 with Scala 2.12 and Spark 4 with Scala 2.13, and nothing else.
 * Each class is there twice with the same public methods: for Spark 3.5 in this module, for Spark 4
 * in the folder {@code spark4} of the repository. The build takes one of the two.
 */
package org.rondo.spark;
