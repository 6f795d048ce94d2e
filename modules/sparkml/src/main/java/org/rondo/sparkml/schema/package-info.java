/** What is learned of which columns, checked by their schema before anything runs. */
package org.rondo.sparkml.schema;
