package org.rondo.ingest.corpus;

import java.io.Serializable;

/**
 * Ids that one task wrote of one split, as they stand in blocks.
 *
 * @param file within the folder of the corpus
 * @param tokens ids
 * @param unknown ids of the unknown symbol
 */
public record IdPart(String file, long tokens, long unknown) implements Serializable {}
