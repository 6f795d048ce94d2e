package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The REST interface of a Zeppelin server.
 *
 * @see <a href="https://zeppelin.apache.org/docs/0.12.0/usage/rest_api/notebook.html">notebook</a>
 *     and <a
 *     href="https://zeppelin.apache.org/docs/0.12.0/usage/rest_api/interpreter.html">interpreter</a>
 */
final class ZeppelinServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param url such as {@code http://localhost:8080}
   */
  ZeppelinServer(String url) {
    this.url = url.replaceAll("/+$", "");
  }

  /** The setting of the interpreter of that name, as Zeppelin keeps it. */
  ObjectNode interpreterSetting(String name) throws IOException {
    for (JsonNode setting : call("GET", "interpreter/setting", BodyPublishers.noBody())) {
      if (setting.path("name").asText().equals(name)) {
        return (ObjectNode) setting;
      }
    }
    throw new IOException(
        String.format(Locale.ROOT, "Zeppelin at %s has no interpreter %s", url, name));
  }

  /** Replaces it; Zeppelin ends the interpreter, which starts anew when it is next needed. */
  void replaceInterpreterSetting(ObjectNode setting) throws IOException {
    call("PUT", "interpreter/setting/" + setting.path("id").asText(), body(setting));
  }

  /** The id of the note of that name at the top of the notebook. */
  Optional<String> findNote(String name) throws IOException {
    for (JsonNode note : call("GET", "notebook", BodyPublishers.noBody())) {
      if (note.path("path").asText().equals("/" + name)) {
        return Optional.of(note.path("id").asText());
      }
    }
    return Optional.empty();
  }

  /** Adds a note and returns its id. */
  String importNote(ObjectNode note) throws IOException {
    return call("POST", "notebook/import", body(note)).asText();
  }

  /** Replaces a paragraph's text. */
  void replaceText(String note, JsonNode paragraph, String text) throws IOException {
    ObjectNode changed =
        JSON.createObjectNode().put("title", paragraph.path("title").asText()).put("text", text);
    call(
        "PUT",
        String.format(Locale.ROOT, "notebook/%s/paragraph/%s", note, paragraph.path("id").asText()),
        body(changed));
  }

  void deleteNote(String id) throws IOException {
    call("DELETE", "notebook/" + id, BodyPublishers.noBody());
  }

  /** The note as it is, with its paragraphs' states and results. */
  JsonNode note(String id) throws IOException {
    return call("GET", "notebook/" + id, BodyPublishers.noBody());
  }

  /**
   * Starts all paragraphs one after another.
   *
   * @return completes when the server took the request or, as some do, when the last paragraph
   *     ended; fails with an {@link IOException} if it refused
   */
  CompletableFuture<Void> run(String id) {
    var request = request("notebook/job/" + id).POST(BodyPublishers.noBody()).build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenAccept(
            response -> {
              if (response.statusCode() >= 300) {
                throw new IllegalStateException(refused("POST", request, response));
              }
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + "/api/" + path))
        .header("Content-Type", "application/json");
  }

  private static BodyPublisher body(JsonNode json) {
    return BodyPublishers.ofString(json.toString());
  }

  /** What the answer holds under {@code body}. */
  private JsonNode call(String method, String path, BodyPublisher body) throws IOException {
    HttpRequest request = request(path).timeout(PATIENCE).method(method, body).build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(refused(method, request, response));
      }
      return JSON.readTree(response.body()).path("body");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + request.uri(), e);
    }
  }

  private static String refused(String method, HttpRequest request, HttpResponse<String> response) {
    return String.format(
        Locale.ROOT,
        "%s %s: Zeppelin answered %d: %s",
        method,
        request.uri(),
        response.statusCode(),
        response.body());
  }
}
