/** The fixed-order mean of what the shards hand in, computed by Spark tasks. */
package org.rondo.driver.reduce;
