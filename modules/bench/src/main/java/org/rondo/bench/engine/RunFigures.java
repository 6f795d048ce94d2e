package org.rondo.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.rondo.bench.Figure;
import org.rondo.bench.Rates;

/**
 * Sums up a run of the {@code rondo} command as one {@link Figure}: the seconds of its rounds and
 * of their parts, the tokens of a round, and what went through the driver in a round. Its first
 * rounds, in which code is compiled and data first read, do not count.
 *
 * <p>Usage: {@code RunFigures KIND events.jsonl WARM_UP [--traffic FILE] [KEY=VALUE ...]}; traffic
 * is what {@link DriverTraffic} wrote.
 */
public final class RunFigures {
  private static final List<String> PARTS = List.of("broadcast", "compute", "reduce", "outer");
  private static final int DECIMALS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> events;
  private final int warmUp;

  RunFigures(List<String> lines, int warmUp) throws IOException {
    events = new ArrayList<>();
    for (String line : lines) {
      events.add(JSON.readTree(line));
    }
    this.warmUp = warmUp;
  }

  /** Prints the figure. */
  public static void main(String[] arguments) throws IOException {
    var run =
        new RunFigures(Files.readAllLines(Path.of(arguments[1])), Integer.parseInt(arguments[2]));
    Figure figure = Figure.of(arguments[0]);
    List<String> more = Arrays.asList(arguments).subList(3, arguments.length);
    boolean traffic = !more.isEmpty() && more.get(0).equals("--traffic");
    more.subList(traffic ? 2 : 0, more.size()).forEach(pair -> add(figure, pair));
    run.addTo(figure);
    if (traffic) {
      run.addTraffic(figure, Files.readAllLines(Path.of(more.get(1))));
    }
    System.out.println(figure.line());
  }

  private static void add(Figure figure, String pair) {
    int at = pair.indexOf('=');
    figure.with(pair.substring(0, at), pair.substring(at + 1));
  }

  /** Adds what the run's own record says. */
  void addTo(Figure figure) {
    JsonNode started = all("started").get(0);
    List<JsonNode> rounds = measured("round_finished");
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "run: %d rounds, the first %d of which do not count",
              all("round_finished").size(),
              warmUp));
    }
    figure
        .with("parameters", started.get("parameters").asLong())
        .with("shards", started.get("shards").asInt())
        .with("round_tokens", rounds.get(0).get("tokens").asLong())
        .with(
            "seconds",
            new Rates(seconds(rounds, round -> round.get("seconds").asDouble())).text(DECIMALS));
    List<JsonNode> parts = measured("round_measured");
    for (String part : PARTS) {
      List<Double> seconds = seconds(parts, round -> round.get("times").get(part).asDouble());
      figure.with(part, new Rates(seconds).median(), DECIMALS);
    }
  }

  /** Adds the median of the bytes per round and the peak of the heap. */
  void addTraffic(Figure figure, List<String> lines) {
    List<Figure> traffic = lines.stream().map(Figure::parse).toList();
    for (String kind : List.of(DriverTraffic.RECEIVED, DriverTraffic.BROADCAST)) {
      figure.with(kind + "_bytes", perRound(traffic, kind).median(), 0);
    }
    figure.with("heap_bytes", bytes(traffic, DriverTraffic.HEAP, 0, Long.MAX_VALUE));
  }

  /** What came between the ends of a round and of the one before it is that round's. */
  private Rates perRound(List<Figure> traffic, String kind) {
    List<JsonNode> rounds = all("round_finished");
    var bytes = new ArrayList<Double>();
    for (int i = Math.max(1, warmUp); i < rounds.size(); i++) {
      bytes.add((double) bytes(traffic, kind, end(rounds.get(i - 1)), end(rounds.get(i))));
    }
    return new Rates(bytes);
  }

  private static long end(JsonNode round) {
    return Instant.parse(round.get("time").asText()).toEpochMilli();
  }

  private static long bytes(List<Figure> traffic, String kind, long after, long until) {
    LongStream bytes =
        traffic.stream()
            .filter(figure -> figure.kind().equals(kind))
            .filter(figure -> figure.number("time") > after && figure.number("time") <= until)
            .mapToLong(figure -> (long) figure.number("bytes"));
    return bytes.sum();
  }

  private List<JsonNode> measured(String event) {
    return all(event).stream().skip(warmUp).toList();
  }

  private List<JsonNode> all(String event) {
    return events.stream().filter(e -> e.get("event").asText().equals(event)).toList();
  }

  private static List<Double> seconds(List<JsonNode> rounds, ToDoubleFunction<JsonNode> part) {
    return rounds.stream().map(part::applyAsDouble).toList();
  }
}
