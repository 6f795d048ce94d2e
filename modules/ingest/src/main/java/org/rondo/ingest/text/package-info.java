/** From the bytes of text files to tokens, and vocabularies. */
package org.rondo.ingest.text;
