/** What the number of workers does to what is learned: tables and a picture from finished runs. */
package org.rondo.bench.workers;
