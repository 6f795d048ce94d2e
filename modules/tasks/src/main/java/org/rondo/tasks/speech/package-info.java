/** What is said in a recording, character by character. */
package org.rondo.tasks.speech;
