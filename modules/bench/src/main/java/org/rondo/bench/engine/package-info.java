/**
 * What distributed training costs: figures from runs of the {@code rondo} command, a model of a
 * round's time, and the document that is written from both.
 */
package org.rondo.bench.engine;
