/**
 * The {@code rondo} command: commands, progress, what a machine lacks, exit codes. What a command
 * does, other doors do as well, so it is in {@code runs}.
 */
package org.rondo.cli;
