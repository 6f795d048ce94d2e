/**
 * The {@code rondo} command: configuration keys, commands, progress, the record of a run, exit
 * codes. Everything that a person meets is here; nothing that computes is.
 */
package org.rondo.cli;
