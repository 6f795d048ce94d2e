/**
 * What a run tells while it trains: its events, who listens to them, their text, and the request to
 * stop. What trains is not here.
 */
package org.rondo.training.events;
