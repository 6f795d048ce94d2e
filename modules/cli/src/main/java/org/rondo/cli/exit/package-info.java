/** How commands end: exit codes, interrupts, and what is said of a failure. */
package org.rondo.cli.exit;
