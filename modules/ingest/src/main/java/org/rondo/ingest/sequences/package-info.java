/** Sequences that stand on their own, prepared in a folder, and how shards read them. */
package org.rondo.ingest.sequences;
