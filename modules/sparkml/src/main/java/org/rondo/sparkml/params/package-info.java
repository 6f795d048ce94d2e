/**
 * Params of the stages, grouped: each interface brings its Params, their defaults, setters and
 * getters. What stages do with them is not here.
 */
package org.rondo.sparkml.params;
