/** Networks that tasks train and evaluate on, kept from task to task. */
package org.rondo.training.workspace;
