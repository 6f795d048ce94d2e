package org.rondo.bench.anomalies;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.rondo.bench.MarkdownTable;
import org.rondo.bench.anomalies.NabCorpus.Series;
import org.rondo.evaluation.anomalies.EventScores;
import org.rondo.evaluation.anomalies.NabOutcome;
import org.rondo.evaluation.anomalies.NabProfile;
import org.rondo.evaluation.anomalies.NabScorer;

/**
 * Scores detectors on the Numenta Anomaly Benchmark, each at its best threshold for the corpus, and
 * prints tables in Markdown: simple detectors of this program, and, given NAB's own results, the
 * published detectors' scores scored again beside what NAB publishes.
 *
 * <p>Usage: {@code NabReport CORPUS.zip [RESULTS | NAME=SCORES ...]}; see {@link NabCorpus}, {@link
 * PublishedScores} and {@link PredictedScores}.
 */
public final class NabReport {
  private static final int SEEDS = 10;
  private static final OptionalDouble BEST = OptionalDouble.empty();
  private static final OptionalDouble FLAGGED = OptionalDouble.of(1);

  /** The score from which on {@code rondo predict} calls a step anomalous, but by likelihood. */
  private static final double ALARM = 0.5;

  /** The likelihood from which on the paper calls a step anomalous. */
  private static final double UNLIKELY = 1 - 1e-5;

  private final NabCorpus corpus;
  private final MarkdownTable scores =
      new MarkdownTable(
          List.of("detector", "standard", "reward low FP", "reward low FN", "published"));
  private final MarkdownTable compared =
      new MarkdownTable(List.of("published scores", "at NAB's thresholds", "published"));
  private final MarkdownTable events =
      new MarkdownTable(
          List.of(
              "detector",
              "threshold",
              "event precision",
              "event recall",
              "event F1",
              "step precision",
              "step recall",
              "step F1",
              "area"));

  private NabReport(NabCorpus corpus) {
    this.corpus = corpus;
  }

  /** Prints the tables. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      throw new IllegalArgumentException(
          "usage: NabReport CORPUS.zip [RESULTS | NAME=SCORES ...], got no arguments");
    }
    List<String> predicted = Stream.of(arguments).skip(1).filter(a -> a.contains("=")).toList();
    Optional<Path> results =
        Stream.of(arguments).skip(1).filter(a -> !a.contains("=")).findFirst().map(Path::of);
    NabReport report = of(Path.of(arguments[0]), results);
    for (String named : predicted) {
      int equals = named.indexOf('=');
      report.predicted(named.substring(0, equals), Path.of(named.substring(equals + 1)));
    }
    System.out.print(report);
  }

  static NabReport of(Path corpus, Optional<Path> results) throws IOException {
    var report = new NabReport(NabCorpus.read(corpus));
    report.simpleDetectors();
    if (results.isPresent()) {
      report.publishedDetectors(results.get());
    }
    return report;
  }

  /**
   * Three tables: NAB's scores at the best thresholds; events and steps at the one that is best by
   * the standard profile; NAB's scores of published detectors at the thresholds that NAB found.
   */
  @Override
  public String toString() {
    return scores + "\n" + events + "\n" + compared;
  }

  private void simpleDetectors() {
    add("null", "0.0 / 0.0 / 0.0", BEST, List.of(outputs(Detector.none())));
    add(
        "random, mean of " + SEEDS + " seeds",
        "11.0 / 1.2 / 19.5",
        BEST,
        LongStream.rangeClosed(1, SEEDS).mapToObj(s -> outputs(Detector.random(s))).toList());
    add("windowed Gaussian", "39.6 / 20.9 / 47.4", BEST, List.of(outputs(new WindowedGaussian())));
    add("last value, anomaly likelihood", "", BEST, List.of(outputs(Detector.likelihoodOfNaive())));
    List<double[]> quantiles = outputs(Detector.quantileOfNaive());
    add("last value, over a quantile of errors before", "", BEST, List.of(quantiles));
    add("last value, alarms by that quantile", "", OptionalDouble.of(ALARM), List.of(quantiles));
    add(
        "last value, first steps of a likelihood >= 1 - 1e-5",
        "",
        FLAGGED,
        List.of(outputs(Detector.likelihoodOfNaive(UNLIKELY))));
    add(
        "last value, first steps by the dynamic threshold",
        "",
        FLAGGED,
        List.of(outputs(Detector.thresholdOfNaive())));
  }

  private void predicted(String name, Path folder) throws IOException {
    List<double[]> scores = new PredictedScores(folder).of(corpus.series());
    add(name, "", BEST, List.of(scores));
    add(name + ", its alarms", "", OptionalDouble.of(ALARM), List.of(scores));
  }

  private void publishedDetectors(Path folder) throws IOException {
    for (String name : PublishedScores.detectors(folder)) {
      var detector = new PublishedScores(folder, name);
      var published = new ArrayList<String>();
      var atThreshold = new ArrayList<String>();
      List<double[]> anomalies = columns(detector, "anomaly_score");
      for (NabProfile profile : NabProfile.values()) {
        NabScorer scorer = scorer(profile, anomalies);
        NabOutcome outcome = scorer.at(detector.threshold(profile));
        published.add(tenths(detector.result(profile)));
        atThreshold.add(tenths(scorer.normalised(outcome)));
      }
      compared.row(List.of(name, triple(atThreshold), triple(published)));
      add(name + ", scores of NAB", triple(published), BEST, List.of(anomalies));
      if (detector.hasRaw(corpus.series().get(0).name())) {
        List<double[]> raw = columns(detector, "raw_score");
        add(name + ", raw scores of NAB", "", BEST, List.of(raw));
        List<double[]> likelihoods = raw.stream().map(Detector::likelihoods).toList();
        add(name + ", likelihood of its raw scores", "", BEST, List.of(likelihoods));
      }
    }
  }

  private static String triple(List<String> results) {
    return String.join(" / ", results);
  }

  private List<double[]> outputs(Detector detector) {
    return corpus.series().stream().map(series -> detector.scores(series.values())).toList();
  }

  private List<double[]> columns(PublishedScores detector, String column) throws IOException {
    var columns = new ArrayList<double[]>();
    for (Series series : corpus.series()) {
      columns.add(detector.column(series.name(), column));
    }
    return columns;
  }

  /**
   * Adds a row to both tables.
   *
   * @param threshold of the detector; none: the best one for each profile
   * @param runs of the detector: scores of each series; results are means over runs, those of
   *     events the first run's
   */
  private void add(
      String name, String published, OptionalDouble threshold, List<List<double[]>> runs) {
    var cells = new ArrayList<String>(List.of(name));
    for (NabProfile profile : NabProfile.values()) {
      cells.add(
          tenths(
              runs.stream()
                  .map(run -> scorer(profile, run))
                  .mapToDouble(scorer -> scorer.normalised(outcome(scorer, threshold)))
                  .average()
                  .orElseThrow()));
    }
    cells.add(published);
    scores.row(cells);
    addEvents(name, threshold, runs.get(0));
  }

  private void addEvents(String name, OptionalDouble threshold, List<double[]> run) {
    NabScorer standard = scorer(NabProfile.STANDARD, run);
    double used = threshold.orElseGet(() -> standard.best().threshold());
    var measured = new EventScores(used);
    for (int i = 0; i < run.size(); i++) {
      int from = NabScorer.probationarySteps(run.get(i).length);
      measured.add(run.get(i), corpus.series().get(i).windows(), from);
    }
    events.row(
        List.of(
            name,
            String.format(Locale.ROOT, "%.6g", used),
            thousandths(measured.eventPrecision()),
            thousandths(measured.eventRecall()),
            thousandths(measured.eventF1()),
            thousandths(measured.stepPrecision()),
            thousandths(measured.stepRecall()),
            thousandths(measured.stepF1()),
            thousandths(measured.precisionRecallArea())));
  }

  private static NabOutcome outcome(NabScorer scorer, OptionalDouble threshold) {
    return threshold.isPresent() ? scorer.at(threshold.getAsDouble()) : scorer.best();
  }

  private NabScorer scorer(NabProfile profile, List<double[]> run) {
    var scorer = new NabScorer(profile);
    for (int i = 0; i < run.size(); i++) {
      scorer.add(run.get(i), corpus.series().get(i).windows());
    }
    return scorer;
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String thousandths(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
