/**
 * Benchmark programs: each prints a line of figures; scripts/bench-* run them beside their peers.
 */
package org.rondo.bench;
