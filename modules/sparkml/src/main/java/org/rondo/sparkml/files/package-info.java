/**
 * Where fits work and models are saved: folders and what lies in them. What is fitted is not known
 * here.
 */
package org.rondo.sparkml.files;
