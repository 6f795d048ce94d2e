/** What is said in a recording, by characters or by words. */
package org.rondo.tasks.speech;
