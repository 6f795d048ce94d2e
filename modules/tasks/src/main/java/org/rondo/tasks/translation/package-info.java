/** A text for a text of another length, such as its translation: token by token, with attention. */
package org.rondo.tasks.translation;
