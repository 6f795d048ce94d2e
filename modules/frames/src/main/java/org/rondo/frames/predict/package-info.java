/** From a trained network and a DataFrame to predictions beside its columns. */
package org.rondo.frames.predict;
