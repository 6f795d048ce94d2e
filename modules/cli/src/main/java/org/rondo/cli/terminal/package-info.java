/** What the commands write to a terminal: escaped text, the line of progress, the version. */
package org.rondo.cli.terminal;
