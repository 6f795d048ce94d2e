package org.rondo.runs.search;

import java.util.HashSet;
import java.util.Set;
import org.rondo.runs.RunMessages;

/** Passes on what is said, but for what was said before: trials have most of it in common. */
final class SaidOnce implements RunMessages {
  private final RunMessages messages;
  private final Set<String> said = new HashSet<>();

  SaidOnce(RunMessages messages) {
    this.messages = messages;
  }

  @Override
  public void say(String text) {
    if (said.add(text)) {
      messages.say(text);
    }
  }

  @Override
  public void show(String text) {
    messages.show(text);
  }

  @Override
  public void clear() {
    messages.clear();
  }
}
