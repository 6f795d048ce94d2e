/** From a command line to {@code spark-submit}. */
package org.rondo.cli.submit;
