/** The flat parameter vector of a network: names, shapes, first values, and its gradient. */
package org.rondo.models.parameters;
