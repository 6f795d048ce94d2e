/**
 * Sequences that stand on their own: how they are prepared in a folder, dealt to shards, ordered in
 * epochs and groups of similar length, and read from memory or from their parts.
 */
package org.rondo.ingest.sequences;
