/** Where the time of rounds and tasks goes. Decides nothing. */
package org.rondo.training.timing;
