/** From rows of a DataFrame to examples, and to bytes that are equal where examples are. */
package org.rondo.frames.rows;
