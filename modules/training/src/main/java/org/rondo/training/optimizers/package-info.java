/** From a gradient to new parameters: clipping, schedules of the learning rate, optimizers. */
package org.rondo.training.optimizers;
