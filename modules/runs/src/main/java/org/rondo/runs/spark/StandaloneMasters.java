package org.rondo.runs.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machines of a {@code spark://} address. Spark itself tries them for a minute, and then takes
 * the context away from a job that has begun meanwhile.
 */
public final class StandaloneMasters {
  private static final String SCHEME = "spark://";
  private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 5_000;

  private StandaloneMasters() {}

  /**
   * Why none of them can be reached; empty if one answers, and for masters of any other kind and
   * addresses that Spark refuses.
   */
  public static Optional<String> silence(String master) {
    if (!master.startsWith(SCHEME)) {
      return Optional.empty();
    }
    var silent = new ArrayList<String>();
    List<String> places = Arrays.asList(master.substring(SCHEME.length()).split(","));
    for (String place : places) {
      Matcher parts = PLACE.matcher(place);
      if (!parts.matches()) {
        return Optional.empty();
      }
      try (var socket = new Socket()) {
        var address = new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
        socket.connect(address, PATIENCE_MILLIS);
        return Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        silent.add(String.format(Locale.ROOT, "%s (%s)", place, e.getMessage()));
      }
    }
    return Optional.of("no master answers at " + String.join(", ", silent));
  }
}
