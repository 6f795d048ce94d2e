/**
 * What tasks share that read a text, a row of tokens, a series of values or a recording: from a row
 * to the input of a network, with a vocabulary or scales of the training rows.
 */
package org.rondo.tasks.inputs;
