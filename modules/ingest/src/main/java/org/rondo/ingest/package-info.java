/**
 * From text on any Hadoop file system, or from prepared sequences, to minibatches: sources,
 * tokenizers, vocabularies, corpora, and how they are dealt to shards. Runs no network, knows no
 * optimizer, no Spark.
 */
package org.rondo.ingest;
