/**
 * What a network's parts are bound to: buffers, packed weights and products for minibatches of one
 * shape.
 */
package org.rondo.models.workspace;
