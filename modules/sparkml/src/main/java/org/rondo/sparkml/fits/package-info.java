/**
 * Fits: from Params to plans, the training of a network, what it came to and how that is saved.
 * Knows no estimators and no models.
 */
package org.rondo.sparkml.fits;
