/**
 * What a trained network is worth and what it says: cross entropy and perplexity over token
 * streams, and generation by sampling. Knows no optimizer, no Spark.
 */
package org.rondo.evaluation;
