/**
 * How a run starts Spark in its own process, or inside spark-submit: the address of the driver, the
 * local folders, the user without a name, what executors are given. What a run does with Spark is
 * not here.
 */
package org.rondo.runs.spark;
