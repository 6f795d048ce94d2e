/**
 * Deeplearning4j's networks in Rondo and back: configurations and model zips, their parameters, and
 * arrays at the boundary. Nothing else of Rondo knows of DL4J; what trains is Rondo's engine.
 */
package org.rondo.interop.dl4j;
