/** Checkpoints: what a run has come to, and how another one goes on from there. */
package org.rondo.training.checkpoint;
