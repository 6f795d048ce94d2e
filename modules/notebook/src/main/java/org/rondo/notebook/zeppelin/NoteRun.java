package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs a note and tells the state of each paragraph as it ends. */
final class NoteRun {
  private static final String FINISHED = "FINISHED";
  private static final Set<String> FAILED = Set.of("ERROR", "ABORT");
  private static final Set<String> ENDED = Set.of(FINISHED, "ERROR", "ABORT");
  private static final Set<String> UNDER_WAY = Set.of("PENDING", "RUNNING");

  /** Looks at which nothing is under way before the run counts as over: a start takes a moment. */
  private static final int PATIENCE = 10;

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
   * Returns whether every paragraph finished; those after one that failed are not run, and those
   * that are blank or disabled are passed over.
   *
   * @throws IOException if Zeppelin does not run the note
   */
  boolean await() throws IOException {
    JsonNode earlier = server.note(id).path("paragraphs");
    CompletableFuture<Void> request = server.run(id);
    int told = 0;
    int idle = 0;
    while (true) {
      requireTaken(request);
      idle = request.isDone() ? idle + 1 : 0;
      JsonNode paragraphs = server.note(id).path("paragraphs");
      while (told < paragraphs.size()
          && (isPassedOver(paragraphs.get(told))
              || hasEnded(paragraphs.get(told), earlier.path(told)))) {
        idle = 0;
        JsonNode paragraph = paragraphs.get(told++);
        if (!isPassedOver(paragraph) && !finished(paragraph)) {
          return false;
        }
      }
      if (told == paragraphs.size()) {
        return true;
      }
      idle = isUnderWay(paragraphs) ? 0 : idle;
      if (idle == PATIENCE) {
        return gaveUp(paragraphs.get(told));
      }
      sleep();
    }
  }

  /** Zeppelin runs neither, and gives a blank one no end. */
  private static boolean isPassedOver(JsonNode paragraph) {
    return !paragraph.path("config").path("enabled").asBoolean(true)
        || paragraph.path("text").asText().replaceFirst("^\\s*%\\S*", "").isBlank();
  }

  /** One that ended in an earlier run keeps that state and its date until it runs again. */
  private static boolean hasEnded(JsonNode paragraph, JsonNode earlier) {
    return ENDED.contains(status(paragraph))
        && !(status(paragraph).equals(status(earlier))
            && paragraph.path("dateFinished").equals(earlier.path("dateFinished")));
  }

  private static boolean isUnderWay(JsonNode paragraphs) {
    for (JsonNode paragraph : paragraphs) {
      if (UNDER_WAY.contains(status(paragraph))) {
        return true;
      }
    }
    return false;
  }

  /** Nothing runs any more; the next paragraph failed as it did before, or was never begun. */
  private boolean gaveUp(JsonNode next) {
    if (FAILED.contains(status(next))) {
      return finished(next);
    }
    out.printf(Locale.ROOT, "  NOT RUN   %s%n", next.path("title").asText());
    return false;
  }

  private static String status(JsonNode paragraph) {
    return paragraph.path("status").asText();
  }

  /** Tells how a paragraph ended, and returns whether well. */
  private boolean finished(JsonNode paragraph) {
    out.printf(Locale.ROOT, "  %-9s %s%n", status(paragraph), paragraph.path("title").asText());
    boolean good = status(paragraph).equals(FINISHED);
    if (!good) {
      for (JsonNode message : paragraph.path("results").path("msg")) {
        message.path("data").asText().lines().map(line -> "    " + line).forEach(out::println);
      }
    }
    return good;
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
      throw new IOException(String.format(Locale.ROOT, "interrupted while note %s runs", id), e);
    }
  }
}
