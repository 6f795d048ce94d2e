/** How long a service waits for a prediction. */
package org.rondo.bench.serving;
