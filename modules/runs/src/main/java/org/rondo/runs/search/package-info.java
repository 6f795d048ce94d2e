/**
 * The search for good values of configuration keys: trials, each an ordinary run in a folder of its
 * own, trained side by side, of which successive halving keeps the best.
 */
package org.rondo.runs.search;
