/**
 * Predictions for keys whose events go on arriving: a hidden state is kept for each key, and each
 * event is predicted from the state that the events before it left. Where states are kept between
 * calls is the caller's choice; knows no Spark.
 */
package org.rondo.tasks.stream;
