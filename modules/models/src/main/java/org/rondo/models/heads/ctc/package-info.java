/** Connectionist temporal classification: outputs for every step, labels for some. */
package org.rondo.models.heads.ctc;
