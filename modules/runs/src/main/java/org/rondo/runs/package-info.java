/**
 * From a configuration to a run: keys and defaults, the plans that they become, how Spark is
 * started, the run itself and what it came to. Whoever lets people train goes through here: the
 * command, notebooks. Nothing that computes is here, and nothing that parses command lines.
 */
package org.rondo.runs;
