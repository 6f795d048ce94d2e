/** Parsers of files that Spark does not read by itself. Plain Java: they know no Spark. */
package org.rondo.frames.formats;
