/**
 * A study of long memory: which networks learn to remember across many steps, and how far back
 * gradients reach in them.
 */
package org.rondo.bench.memory;
