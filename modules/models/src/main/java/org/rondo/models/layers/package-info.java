/** Layers between the input of a network and its head. */
package org.rondo.models.layers;
