/** How the shards of a run come together again after every round. */
package org.rondo.training.sync;
