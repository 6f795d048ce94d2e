/** Events of keys, from streams and from tables, scored with a hidden state for each key. */
package org.rondo.frames.stream;
