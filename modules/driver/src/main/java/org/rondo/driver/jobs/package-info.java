/**
 * How Rondo runs jobs on Spark: what ends them, what makes a task try again, what a failure of a
 * task becomes, and the memory and limits of executors. Holds no training.
 */
package org.rondo.driver.jobs;
