/** Heads: from the topmost layer's output to a loss, its gradient and predictions. */
package org.rondo.models.heads;
