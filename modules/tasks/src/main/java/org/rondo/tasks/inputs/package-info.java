/**
 * What tasks share that read a text, a row of tokens or a series of values: from a row to the input
 * of a network, with a vocabulary or scales of the training rows.
 */
package org.rondo.tasks.inputs;
