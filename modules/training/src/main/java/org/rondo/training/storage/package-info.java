/** Files that are never overwritten, hashed as they are written and checked as they are read. */
package org.rondo.training.storage;
