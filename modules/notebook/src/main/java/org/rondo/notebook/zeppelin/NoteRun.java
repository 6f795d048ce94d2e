package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs a note and tells the state of each paragraph as it ends. */
final class NoteRun {
  private static final String FINISHED = "FINISHED";
  private static final Set<String> ENDED = Set.of(FINISHED, "ERROR", "ABORT");

  private final ZeppelinServer server;
  private final String id;
  private final PrintStream out;
  private final Duration pause;

  NoteRun(ZeppelinServer server, String id, PrintStream out, Duration pause) {
    this.server = server;
    this.id = id;
    this.out = out;
    this.pause = pause;
  }

  /**
   * Returns whether every paragraph finished; those after one that failed are not run.
   *
   * @throws IOException if Zeppelin does not run the note
   */
  boolean await() throws IOException {
    List<String> earlier = ends(server.note(id));
    CompletableFuture<Void> request = server.run(id);
    int told = 0;
    while (told < earlier.size()) {
      JsonNode note = server.note(id);
      List<String> ends = ends(note);
      while (told < ends.size()
          && !ends.get(told).isEmpty()
          && !ends.get(told).equals(earlier.get(told))) {
        JsonNode paragraph = note.path("paragraphs").get(told);
        tell(paragraph);
        if (!status(paragraph).equals(FINISHED)) {
          return false;
        }
        told++;
      }
      requireTaken(request);
      sleep();
    }
    return true;
  }

  /**
   * When each paragraph ended, empty for one that waits or runs; one that was run before keeps that
   * until it runs again.
   */
  private static List<String> ends(JsonNode note) {
    var ends = new ArrayList<String>();
    for (JsonNode paragraph : note.path("paragraphs")) {
      boolean ended = ENDED.contains(status(paragraph));
      ends.add(ended ? paragraph.path("dateFinished").asText() : "");
    }
    return ends;
  }

  private static String status(JsonNode paragraph) {
    return paragraph.path("status").asText();
  }

  private void tell(JsonNode paragraph) {
    out.printf("  %-9s %s%n", status(paragraph), paragraph.path("title").asText());
    if (!status(paragraph).equals(FINISHED)) {
      for (JsonNode message : paragraph.path("results").path("msg")) {
        message.path("data").asText().lines().map(line -> "    " + line).forEach(out::println);
      }
    }
  }

  private static void requireTaken(CompletableFuture<Void> request) throws IOException {
    try {
      request.getNow(null);
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  private void sleep() throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while note %s runs".formatted(id), e);
    }
  }
}
