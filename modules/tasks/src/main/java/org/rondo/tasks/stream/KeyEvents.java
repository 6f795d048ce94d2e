package org.rondo.tasks.stream;

import java.util.List;

/**
 * The next events of one key.
 *
 * @param <E> what an event is read as
 * @param state that the events before left; goes on to that after these
 * @param events in the order in which they happened
 */
public record KeyEvents<E>(KeyState state, List<E> events) {}
