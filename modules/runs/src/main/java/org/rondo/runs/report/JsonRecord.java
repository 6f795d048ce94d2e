package org.rondo.runs.report;

import java.nio.charset.StandardCharsets;

/** {@code events.jsonl}: an event a line. */
final class JsonRecord implements EventRecord {
  @Override
  public String name() {
    return RunFolder.EVENTS;
  }

  @Override
  public byte[] of(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
