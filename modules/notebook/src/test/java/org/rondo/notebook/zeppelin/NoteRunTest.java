package org.rondo.notebook.zeppelin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a paragraph can end, or not, ends the wait for it. */
@Timeout(60)
final class NoteRunTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private FakeZeppelin zeppelin;
  private ZeppelinServer server;

  @BeforeEach
  void start() throws IOException {
    zeppelin = new FakeZeppelin();
    server = new ZeppelinServer(zeppelin.url());
  }

  @AfterEach
  void stop() {
    zeppelin.close();
  }

  @Test
  void blankAndDisabledParagraphsArePassedOver() throws IOException {
    ObjectNode note = note();
    ArrayNode paragraphs = note.withArray("paragraphs");
    ((ObjectNode) paragraphs.get(1)).put("text", " ");
    ((ObjectNode) paragraphs.get(2)).putObject("config").put("enabled", false);
    String id = server.importNote(note);

    assertThat(run(id)).isTrue();
    assertThat(run(id)).as("again").isTrue();

    assertThat(told()).isEqualTo("  FINISHED  a\n  FINISHED  d\n".repeat(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR", "ABORT"})
  void whatEndsBadlyWithoutADateHasEndedTheSecondTimeToo(String status) throws IOException {
    zeppelin.endRunAt("b", status);
    String id = server.importNote(note());

    assertThat(run(id)).isFalse();
    assertThat(run(id)).as("again").isFalse();

    assertThat(told()).isEqualTo("  FINISHED  a\n  %-9s b\n".formatted(status).repeat(2));
  }

  @Test
  void aRunThatIsDroppedIsNotWaitedFor() throws IOException {
    zeppelin.endRunAt("b", "READY");

    assertThat(run(server.importNote(note()))).isFalse();

    assertThat(told()).isEqualTo("  FINISHED  a\n  NOT RUN   b\n");
  }

  private boolean run(String id) throws IOException {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new NoteRun(server, id, out, Duration.ofMillis(1)).await();
  }

  private String told() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Four paragraphs, a to d. */
  private static ObjectNode note() {
    ObjectNode note = new ObjectMapper().createObjectNode().put("name", "four");
    for (String title : new String[] {"a", "b", "c", "d"}) {
      note.withArray("paragraphs")
          .addObject()
          .put("id", "paragraph_" + title)
          .put("title", title)
          .put("text", "%md\n" + title);
    }
    return note;
  }
}
