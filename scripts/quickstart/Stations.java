import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Loads and oil temperatures of made-up transformer stations, by the hour: each station has a size
 * and a daily curve of its own, weekends are quieter, and the oil follows the load with a delay.
 *
 * <pre>
 *   java scripts/quickstart/Stations.java loads.csv            # station,at,load,oil
 *   java scripts/quickstart/Stations.java faults.csv faults    # and fault, 1 where something is wrong
 * </pre>
 *
 * <p>Two faults of each station lie in the last quarter, ten hours each: sensors that stand still or
 * oil that is hot without a reason, then a load at the wrong time of the day.
 */
public class Stations {
  private static final int STATIONS = 12;
  private static final int HOURS = 24 * 7 * 16;
  private static final int DAY = 24;
  private static final LocalDateTime FIRST = LocalDateTime.of(2026, 1, 5, 0, 0);

  private final SplittableRandom random;
  private final double[] load = new double[HOURS];
  private final double[] oil = new double[HOURS];
  private final boolean[] fault = new boolean[HOURS];

  private Stations(long seed, boolean faults) {
    random = new SplittableRandom(seed);
    double size = 20 + 60 * random.nextDouble();
    double morning = 6 + 3 * random.nextDouble();
    double weekend = 0.6 + 0.3 * random.nextDouble();
    double noise = 0;
    double heat = 40;
    var shift = new int[HOURS];
    if (faults) {
      wrongTimes(shift);
    }
    for (int t = 0; t < HOURS; t++) {
      noise = 0.8 * noise + 0.02 * random.nextGaussian();
      load[t] = size * (demand(t + shift[t], morning, weekend) + noise);
      heat = 0.85 * heat + 0.15 * (25 + 50 * load[t] / size);
      oil[t] = heat + 0.3 * random.nextGaussian();
    }
    if (faults) {
      brokenSensors();
    }
  }

  /** Share of the size that is asked for: a wave by day with a second one in the evening. */
  private static double demand(int hour, double morning, double weekend) {
    double angle = 2 * Math.PI * (hour % DAY - morning) / DAY;
    double day = 0.5 + 0.3 * Math.sin(angle) + 0.12 * Math.sin(2 * angle);
    DayOfWeek name = FIRST.plusHours(hour).getDayOfWeek();
    return name == DayOfWeek.SATURDAY || name == DayOfWeek.SUNDAY ? day * weekend : day;
  }

  private void wrongTimes(int[] shift) {
    int from = within(HOURS - HOURS / 8);
    for (int t = from; t < from + 10; t++) {
      shift[t] = DAY / 2;
      fault[t] = true;
    }
  }

  private void brokenSensors() {
    int from = within(HOURS - HOURS / 4);
    boolean still = random.nextInt(2) == 0;
    for (int t = from; t < from + 10; t++) {
      load[t] = still ? load[from] : load[t];
      oil[t] = still ? oil[from] : oil[t] + 15;
      fault[t] = true;
    }
  }

  /** An hour of the tenth of all hours that begins there. */
  private int within(int from) {
    return from + random.nextInt(HOURS / 10);
  }

  /** Arguments: the file, and {@code faults} to have them. */
  public static void main(String[] arguments) throws IOException {
    boolean faults = arguments.length > 1 && arguments[1].equals("faults");
    try (var out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])))) {
      out.println("station,at,load,oil" + (faults ? ",fault" : ""));
      for (int n = 1; n <= STATIONS; n++) {
        var station = new Stations(n, faults);
        for (int t = 0; t < HOURS; t++) {
          out.printf(
              Locale.ROOT,
              "s%02d,%s,%.2f,%.1f%s%n",
              n,
              FIRST.plusHours(t),
              station.load[t],
              station.oil[t],
              faults ? station.fault[t] ? ",1" : ",0" : "");
        }
      }
    }
  }
}
