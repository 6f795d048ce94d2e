/** A linear-chain conditional random field: tags that are chosen together. */
package org.rondo.models.heads.crf;
