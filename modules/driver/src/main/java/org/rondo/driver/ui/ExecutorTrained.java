package org.rondo.driver.ui;

import java.io.Serializable;
import org.rondo.training.RoundActivity;

/** An executor tells the driver how far it is in a round. */
record ExecutorTrained(String executor, RoundActivity.Report report) implements Serializable {}
