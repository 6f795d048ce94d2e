/**
 * From text on any Hadoop file system to token streams: sources, tokenizers, vocabularies, prepared
 * corpora and the cutting of minibatches. Knows no network, no optimizer, no Spark.
 */
package org.rondo.ingest;
