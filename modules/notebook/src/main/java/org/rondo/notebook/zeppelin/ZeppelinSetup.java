package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a running Zeppelin ready for Rondo: gives its Spark interpreter Rondo's jar, plugin and
 * flags, imports the notes, runs them, and tells how each paragraph ended.
 */
public final class ZeppelinSetup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USAGE =
      "usage: ZeppelinSetup [--replace] [--no-run] URL JAR NOTES [KEY=VALUE ...]";

  /**
   * What is asked for.
   *
   * @param replace whether notes that are there already are deleted and imported anew
   * @param run whether the notes are run
   * @param more properties of the interpreter
   */
  record Plan(Path jar, Path notes, boolean replace, boolean run, Map<String, String> more) {}

  private final ZeppelinServer server;
  private final Plan plan;
  private final PrintStream out;
  private final Duration pause;

  /**
   * @param pause between two looks at a note that runs
   */
  ZeppelinSetup(ZeppelinServer server, Plan plan, PrintStream out, Duration pause) {
    this.server = server;
    this.plan = plan;
    this.out = out;
    this.pause = pause;
  }

  /** Exits with 1 if a paragraph failed or Zeppelin refused something. */
  public static void main(String[] args) {
    List<String> words = Stream.of(args).filter(arg -> !arg.startsWith("--")).toList();
    List<String> flags = Stream.of(args).filter(arg -> arg.startsWith("--")).toList();
    if (words.size() < 3
        || !List.of("--replace", "--no-run").containsAll(flags)
        || !words.stream().skip(3).allMatch(word -> word.indexOf('=') > 0)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    var more = new LinkedHashMap<String, String>();
    for (String property : words.subList(3, words.size())) {
      int equals = property.indexOf('=');
      more.put(property.substring(0, equals), property.substring(equals + 1));
    }
    var plan =
        new Plan(
            Path.of(words.get(1)),
            Path.of(words.get(2)),
            flags.contains("--replace"),
            !flags.contains("--no-run"),
            more);
    var setup =
        new ZeppelinSetup(
            new ZeppelinServer(words.get(0)), plan, System.out, Duration.ofSeconds(2));
    try {
      System.exit(setup.run() ? 0 : 1);
    } catch (IOException e) {
      System.err.println("zeppelin-setup: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns whether all paragraphs that were run finished. */
  boolean run() throws IOException {
    ObjectNode setting = server.interpreterSetting("spark");
    Map<String, String> properties =
        SparkProperties.addTo(setting, plan.jar().toAbsolutePath().toString(), plan.more());
    server.replaceInterpreterSetting(setting);
    out.println("the interpreter spark now has");
    properties.forEach((key, value) -> out.println("  " + key + " " + value));
    boolean good = true;
    for (Path file : notes()) {
      String id = imported(file, properties);
      good &= !plan.run() || new NoteRun(server, id, out, pause).await();
    }
    return good;
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(plan.notes())) {
      return files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList();
    }
  }

  /** The note's id; what the user made of an earlier import is kept unless it is to be replaced. */
  private String imported(Path file, Map<String, String> properties) throws IOException {
    JsonNode note = JSON.readTree(file.toFile());
    String name = note.path("name").asText();
    Optional<String> present = server.findNote(name);
    if (present.isPresent() && !plan.replace()) {
      out.println(
          String.format(
              Locale.ROOT,
              "note %s is there already and is kept; --replace imports it anew",
              name));
      update(present.get(), properties);
      return present.get();
    }
    if (present.isPresent()) {
      server.deleteNote(present.get());
    }
    for (JsonNode paragraph : note.path("paragraphs")) {
      String text = SparkProperties.written(paragraph.path("text").asText(), properties);
      ((ObjectNode) paragraph).put("text", text);
    }
    String id = server.importNote((ObjectNode) note);
    out.println(String.format(Locale.ROOT, "note %s: imported", name));
    return id;
  }

  /** A kept note must not ask for what an earlier set-up gave the interpreter, as another jar. */
  private void update(String id, Map<String, String> properties) throws IOException {
    for (JsonNode paragraph : server.note(id).path("paragraphs")) {
      String text = paragraph.path("text").asText();
      String written = SparkProperties.written(text, properties);
      if (!written.equals(text)) {
        server.replaceText(id, paragraph, written);
        out.println("  its paragraph of Spark properties now asks for these");
      }
    }
  }
}
