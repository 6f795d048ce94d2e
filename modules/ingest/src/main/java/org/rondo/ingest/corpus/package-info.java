/**
 * Tokens of running text, prepared in a folder, and the streams and lines that shards read of them.
 */
package org.rondo.ingest.corpus;
