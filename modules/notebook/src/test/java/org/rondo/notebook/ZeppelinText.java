package org.rondo.notebook;

import java.io.IOException;
import java.util.List;
import org.apache.zeppelin.interpreter.InterpreterOutput;

/** Texts as Zeppelin's own parser takes them. */
final class ZeppelinText {
  private ZeppelinText() {}

  /** The kinds of what would be shown if a paragraph printed that: TEXT, HTML, TABLE... */
  static List<String> types(String printed) throws IOException {
    var output = new InterpreterOutput(new NobodyListens());
    output.write(printed);
    output.flush();
    return output.toInterpreterResultMessage().stream()
        .map(message -> message.getType().name())
        .toList();
  }
}
