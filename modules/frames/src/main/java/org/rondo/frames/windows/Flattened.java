package org.rondo.frames.windows;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What each element becomes, one after the other; only one of them is held at a time. */
final class Flattened<E, R> implements Iterator<R> {
  private final Iterator<E> elements;
  private final Function<E, Iterator<R>> parts;
  private Iterator<R> current = Collections.emptyIterator();

  Flattened(Iterator<E> elements, Function<E, Iterator<R>> parts) {
    this.elements = elements;
    this.parts = parts;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && elements.hasNext()) {
      current = parts.apply(elements.next());
    }
    return current.hasNext();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last element");
    }
    return current.next();
  }
}
