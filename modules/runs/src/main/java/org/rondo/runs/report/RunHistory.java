package org.rondo.runs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.rondo.evaluation.Score;
import org.rondo.ingest.IngestException;

/**
 * What a run's events come to, for a page of several runs. A resumed run repeats the rounds after
 * its checkpoint: the later record of a round counts.
 *
 * @param path as the reader named it
 * @param state how it ended, or how far it has come
 * @param settings every key that has a value
 * @param subject what is learned by what: data, layers and the count of parameters
 * @param machine versions, kernels and workers
 * @param sample what the best checkpoint writes; empty where there is no such text
 * @param tokens targets that were trained in all
 * @param seconds of training alone
 * @param lastRound 0 before the first one ended
 * @param rounds some of them where there are very many, the last among them
 */
record RunHistory(
    String path,
    String state,
    NavigableMap<String, String> settings,
    NavigableMap<String, String> subject,
    NavigableMap<String, String> machine,
    String sample,
    long tokens,
    double seconds,
    int lastRound,
    List<List<Double>> rounds,
    List<Evaluation> evaluations) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The validation split after a round.
   *
   * @param tokens trained until then
   * @param seconds trained until then
   */
  record Evaluation(
      int round, long tokens, double seconds, double loss, boolean best, List<Score> scores) {}

  /** Events that are of interest by name, rounds and evaluations by their rounds. */
  private static final class Events {
    final Map<String, JsonNode> latest = new TreeMap<>();
    final NavigableMap<Integer, JsonNode> rounds = new TreeMap<>();
    final NavigableMap<Integer, JsonNode> evaluations = new TreeMap<>();

    void add(JsonNode event) {
      String name = event.path("event").asText();
      switch (name) {
        case "round_finished" -> rounds.put(event.path("round").asInt(), event);
        case "evaluated" -> evaluations.put(event.path("round").asInt(), withoutDetails(event));
        case "configuration", "started", "finished", "failed", "sample" -> latest.put(name, event);
        default -> {}
      }
      if (name.equals("started")) {
        latest.remove("finished");
        latest.remove("failed");
        int first = event.path("first_round").asInt();
        rounds.tailMap(first).clear();
        evaluations.tailMap(first).clear();
      }
    }

    /** Of many classes they are large, and the page draws none. */
    private static JsonNode withoutDetails(JsonNode event) {
      return event instanceof ObjectNode fields ? fields.without("details") : event;
    }

    JsonNode of(String name) {
      return latest.getOrDefault(name, JSON.missingNode());
    }
  }

  /**
   * Reads the record of a run; of one that goes on, what there is.
   *
   * @param output its folder
   * @throws IngestException if no run wrote there
   */
  static RunHistory read(String output, Configuration hadoop) throws IOException {
    var events = new Events();
    boolean some = false;
    try (BufferedReader lines = new RunFolder(output, hadoop).read(RunFolder.EVENTS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        some = true;
        if (RunLog.isWhole(line)) {
          events.add(JSON.readTree(line));
        }
      }
    }
    if (!some) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "report: %s holds no %s; the output folder of a run does",
              output,
              RunFolder.EVENTS));
    }
    return of(output, events);
  }

  private static RunHistory of(String output, Events events) {
    var evaluations = new ArrayList<Evaluation>();
    var rounds = new ArrayList<List<Double>>();
    var sums = new TreeMap<Integer, Double>();
    long tokens = 0;
    double seconds = 0;
    var tokensUntil = new TreeMap<Integer, Long>(Map.of(0, 0L));
    sums.put(0, 0.0);
    for (Map.Entry<Integer, JsonNode> each : events.rounds.entrySet()) {
      JsonNode round = each.getValue();
      tokens += round.path("tokens").asLong();
      seconds += round.path("seconds").asDouble();
      tokensUntil.put(each.getKey(), tokens);
      sums.put(each.getKey(), seconds);
      rounds.add(
          List.of(
              (double) each.getKey(),
              (double) tokens,
              seconds,
              figure(round, "train_loss"),
              figure(round, "tokens_per_second")));
    }
    events.evaluations.forEach(
        (round, event) ->
            evaluations.add(
                new Evaluation(
                    round,
                    tokensUntil.floorEntry(round).getValue(),
                    sums.floorEntry(round).getValue(),
                    figure(event, "loss"),
                    event.path("best").asBoolean(),
                    scores(event))));
    return new RunHistory(
        output,
        state(events),
        texts(events.of("configuration").path("settings")),
        subject(events),
        machine(events),
        events.of("sample").path("text").asText(),
        tokens,
        seconds,
        events.rounds.isEmpty() ? 0 : events.rounds.lastKey(),
        thinned(rounds),
        evaluations);
  }

  /** A figure that is no number, which JSON has as a string, stays one. */
  private static double figure(JsonNode event, String name) {
    return event.path(name).asDouble(Double.NaN);
  }

  private static List<Score> scores(JsonNode event) {
    var scores = new ArrayList<Score>();
    for (JsonNode score : event.path("scores")) {
      scores.add(
          new Score(
              score.path("name").asText(),
              figure(score, "value"),
              score.path("higher_is_better").asBoolean()));
    }
    return scores;
  }

  private static List<List<Double>> thinned(List<List<Double>> rounds) {
    int stride = (rounds.size() + Thinning.DRAWN - 1) / Thinning.DRAWN;
    var some = new ArrayList<List<Double>>();
    for (int i = 0; i < rounds.size(); i++) {
      if (i % stride == 0 || i == rounds.size() - 1) {
        some.add(rounds.get(i));
      }
    }
    return some;
  }

  private static String state(Events events) {
    JsonNode failed = events.of("failed");
    if (!failed.isMissingNode()) {
      return "failed: " + failed.path("message").asText();
    }
    String end = events.of("finished").path("end").asText();
    if (!end.isEmpty()) {
      return end.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    int last = events.rounds.isEmpty() ? 0 : events.rounds.lastKey();
    return String.format(
        Locale.ROOT, "round %d of %d", last, events.of("started").path("rounds").asInt());
  }

  private static NavigableMap<String, String> subject(Events events) {
    NavigableMap<String, String> all = texts(events.of("configuration").path("network"));
    texts(events.of("configuration").path("data")).forEach(all::put);
    all.put("parameters", events.of("started").path("parameters").asText("–"));
    return all;
  }

  private static NavigableMap<String, String> machine(Events events) {
    NavigableMap<String, String> all = texts(events.of("configuration").path("machine"));
    all.put("kernels", events.of("started").path("fingerprint").asText("–"));
    return all;
  }

  private static NavigableMap<String, String> texts(JsonNode fields) {
    var all = new TreeMap<String, String>();
    fields
        .fields()
        .forEachRemaining(
            field ->
                all.put(
                    field.getKey(),
                    field.getValue().isValueNode()
                        ? field.getValue().asText()
                        : field.getValue().toString()));
    return all;
  }
}
