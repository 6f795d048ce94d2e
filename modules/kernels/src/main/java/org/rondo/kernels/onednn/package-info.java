/**
 * Matrix products by oneDNN (https://uxlfoundation.github.io/oneDNN/). Nothing outside this package
 * names a class of oneDNN, so that everything else loads where oneDNN does not.
 */
package org.rondo.kernels.onednn;
