/**
 * How good texts are that a network writes, such as translations, against those that people wrote:
 * by the definitions of sacreBLEU, so that figures compare with published ones. What is added up
 * are whole numbers.
 */
package org.rondo.evaluation.texts;
