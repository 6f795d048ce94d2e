/** A head that writes a sequence of its own: an attentive recurrent decoder, and its search. */
package org.rondo.models.heads.decoder;
