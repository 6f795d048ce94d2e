package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much of Zeppelin's REST interface as a set-up needs, with the shapes of version 0.12. Of a
 * note that runs, one more paragraph ends at every look.
 */
final class FakeZeppelin implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Else the body of each answer waits until the client acknowledges its head, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ObjectNode spark;
  private final Map<String, ObjectNode> notes = new LinkedHashMap<>();
  private final List<String> running = new ArrayList<>();
  private final Map<String, ObjectNode> endings = new LinkedHashMap<>();
  private String failingTitle = "";
  private int imported;
  private int ticks;

  FakeZeppelin() throws IOException {
    spark =
        (ObjectNode)
            JSON.readTree(
                """
                {"id": "spark", "name": "spark", "group": "spark", "option": {"perNote": "shared"},
                 "dependencies": [], "properties": {
                   "spark.master": {"name": "spark.master", "value": "local[*]", "type": "string"},
                   "spark.jars":
                     {"name": "spark.jars", "value": "/a/b.jar,/old/rondo-0.0.9.jar", "type": "string"},
                   "JDK_JAVA_OPTIONS":
                     {"name": "JDK_JAVA_OPTIONS", "value": "-Xss4m", "type": "string"}}}
                """);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The value of a property of the Spark interpreter. */
  String property(String key) {
    return spark.path("properties").path(key).path("value").asText();
  }

  /** Notes by id, as they were imported. */
  Map<String, ObjectNode> notes() {
    return notes;
  }

  /** Lets paragraphs of that title fail. */
  void failAt(String title) {
    failingTitle = title;
  }

  /** Lets paragraphs of that title end so, without a date, and drops the rest of the run. */
  void endRunAt(String title, String status) {
    endings.put(title, JSON.createObjectNode().put("status", status));
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode body;
    int status = 200;
    try {
      body = call(exchange);
    } catch (IllegalArgumentException e) {
      status = 404;
      body = JSON.getNodeFactory().textNode(e.getMessage());
    }
    ObjectNode answer = JSON.createObjectNode().put("status", status == 200 ? "OK" : "NOT_FOUND");
    answer.set("body", body);
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized JsonNode call(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/api/".length());
    String id = path.substring(path.lastIndexOf('/') + 1);
    String call =
        exchange.getRequestMethod()
            + " "
            + path.replaceFirst("/[^/]+$", "/*")
                .replaceFirst("^notebook/[^/]+/paragraph", "notebook/*/paragraph");
    return switch (call) {
      case "GET interpreter/*" -> settings();
      case "PUT interpreter/setting/*" ->
          replaceProperties(JSON.readTree(exchange.getRequestBody()));
      case "GET notebook" -> list();
      case "POST notebook/*" -> add((ObjectNode) JSON.readTree(exchange.getRequestBody()));
      case "GET notebook/*" -> look(id);
      case "PUT notebook/*/paragraph/*" ->
          replaceText(
              path.split("/", -1)[1], id, (ObjectNode) JSON.readTree(exchange.getRequestBody()));
      case "DELETE notebook/*" -> notes.remove(id);
      case "POST notebook/job/*" -> start(id);
      default -> throw new IllegalArgumentException("no such call: " + call);
    };
  }

  private ArrayNode settings() {
    ArrayNode settings = JSON.createArrayNode();
    settings.addObject().put("id", "md").put("name", "md");
    return settings.add(spark.deepCopy());
  }

  private JsonNode replaceProperties(JsonNode setting) {
    if (!setting.path("option").equals(spark.path("option"))) {
      throw new IllegalArgumentException("the option is missing");
    }
    spark.set("properties", setting.path("properties"));
    return spark;
  }

  private ArrayNode list() {
    ArrayNode list = JSON.createArrayNode();
    notes.forEach(
        (id, note) -> list.addObject().put("id", id).put("path", "/" + note.path("name").asText()));
    return list;
  }

  private JsonNode add(ObjectNode note) {
    String id = "2N" + imported++;
    notes.put(id, note);
    return JSON.getNodeFactory().textNode(id);
  }

  private JsonNode replaceText(String note, String id, ObjectNode changed) {
    for (JsonNode paragraph : notes.get(note).path("paragraphs")) {
      if (paragraph.path("id").asText().equals(id)) {
        ((ObjectNode) paragraph).setAll(changed);
      }
    }
    return JSON.nullNode();
  }

  private JsonNode start(String id) {
    running.add(id);
    for (JsonNode paragraph : notes.get(id).path("paragraphs")) {
      boolean blank = paragraph.path("text").asText().isBlank();
      if (blank) {
        ((ObjectNode) paragraph).put("status", "FINISHED");
      } else if (paragraph.path("config").path("enabled").asBoolean(true)) {
        ((ObjectNode) paragraph).put("status", "PENDING");
      }
    }
    return JSON.nullNode();
  }

  private JsonNode look(String id) {
    ObjectNode note = notes.get(id);
    if (running.contains(id)) {
      for (JsonNode paragraph : note.path("paragraphs")) {
        String status = paragraph.path("status").asText();
        if (status.equals("ERROR")) {
          break;
        }
        if (status.equals("PENDING")) {
          ObjectNode ending = endings.get(paragraph.path("title").asText());
          if (ending == null) {
            end((ObjectNode) paragraph);
          } else {
            ((ObjectNode) paragraph).setAll(ending);
            drop(note);
          }
          break;
        }
      }
    }
    return note;
  }

  private static void drop(ObjectNode note) {
    for (JsonNode paragraph : note.path("paragraphs")) {
      if (paragraph.path("status").asText().equals("PENDING")) {
        ((ObjectNode) paragraph).put("status", "READY");
      }
    }
  }

  private void end(ObjectNode paragraph) {
    boolean fails = paragraph.path("title").asText().equals(failingTitle);
    paragraph.put("status", fails ? "ERROR" : "FINISHED").put("dateFinished", "tick " + ticks++);
    if (fails) {
      paragraph
          .putObject("results")
          .put("code", "ERROR")
          .putArray("msg")
          .addObject()
          .put("type", "TEXT")
          .put("data", "error: not found: value x");
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
