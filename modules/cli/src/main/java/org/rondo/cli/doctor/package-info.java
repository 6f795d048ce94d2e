/** What runs on a machine, in a cluster and of a run, and what to do about what does not. */
package org.rondo.cli.doctor;
