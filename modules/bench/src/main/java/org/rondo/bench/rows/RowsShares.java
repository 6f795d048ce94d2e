package org.rondo.bench.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What parts a training step of {@link RowsStep} is made of, by samples of its thread's stack, so
 * that the step itself is measured as it is. Every 10 milliseconds the Java Flight Recorder looks
 * where the thread is, in compiled code ({@code jdk.ExecutionSample}) and in native code ({@code
 * jdk.NativeMethodSample}), which the matrix products are. A sample counts for the first {@link
 * Part} that it belongs to.
 *
 * <p>Usage: {@code RowsShares CONFIG PRECISION FOLDER SECONDS WARM_UP}, with OMP_NUM_THREADS=1.
 * Prints a row of a Markdown table: network, precision, number of samples, share of each part.
 */
public final class RowsShares {
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final List<String> EVENTS =
      List.of("jdk.ExecutionSample", "jdk.NativeMethodSample");
  private static final String STEP = RowsStep.class.getName() + ".train";
  private static final String HEADS = "org.rondo.models.heads.";
  private static final String DECODER = HEADS + "decoder.";

  /**
   * A part of a step.
   *
   * @param frames names of classes and methods; a sample with one that begins so belongs to it
   */
  record Part(String name, List<String> frames) {
    private boolean holds(List<String> stack) {
      return stack.stream().anyMatch(frame -> frames.stream().anyMatch(frame::startsWith));
    }
  }

  /** Of parts that a sample could belong to, it belongs to the first. */
  static final List<Part> PARTS =
      List.of(
          new Part("update", List.of("org.rondo.training.optimizers.")),
          new Part(
              "attention",
              List.of(
                  DECODER + "Attention.",
                  DECODER + "AttentionKeys",
                  DECODER + "ProjectedKeys",
                  DECODER + "BilinearScores",
                  DECODER + "AdditiveScores")),
          new Part("other steps of the decoder", List.of(DECODER + "DecoderSteps")),
          new Part("first state of the decoder", List.of(DECODER + "FirstState")),
          new Part(
              "output layer",
              List.of(HEADS + "SoftmaxObjective", "org.rondo.models.workspace.LinearProducts")),
          new Part("CTC", List.of(HEADS + "ctc.")),
          new Part("rest of the head", List.of(HEADS)),
          new Part("layers", List.of("org.rondo.models.layers.", "org.rondo.models.cells.")));

  private RowsShares() {}

  /** Measures what the arguments name. */
  public static void main(String[] arguments) throws IOException {
    RowsConfiguration configuration = RowsConfiguration.named(arguments[0]);
    Path folder = Path.of(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    try (var step = new RowsStep(configuration, arguments[1], folder, RowsStep.SEQUENCES)) {
      List<List<String>> stacks = stacks(step, folder, seconds, Double.parseDouble(arguments[4]));
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %,d | %s |%n",
          configuration.name(),
          arguments[1],
          stacks.size(),
          shares(stacks));
    }
  }

  /** Where the thread was in its steps, frames as {@code class.method}, the innermost first. */
  static List<List<String>> stacks(RowsStep step, Path folder, double seconds, double warmUp)
      throws IOException {
    step.measure(1, 0, warmUp);
    Path file = folder.resolve("samples.jfr");
    try (var recording = new Recording()) {
      EVENTS.forEach(event -> recording.enable(event).withPeriod(PERIOD));
      recording.start();
      step.measure(1, seconds, 0);
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> EVENTS.contains(event.getEventType().getName()))
        .map(RowsShares::stack)
        .filter(stack -> stack.contains(STEP))
        .toList();
  }

  private static List<String> stack(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace == null ? List.of() : trace.getFrames().stream().map(RowsShares::name).toList();
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /**
   * The share of each part in so many samples, the largest first.
   *
   * @param stacks names of frames, as {@code class.method}
   */
  static String shares(List<List<String>> stacks) {
    Map<String, Long> counts =
        stacks.stream().collect(Collectors.groupingBy(RowsShares::part, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f %%",
                    part.getKey(),
                    100.0 * part.getValue() / stacks.size()))
        .collect(Collectors.joining(", "));
  }

  private static String part(List<String> stack) {
    return PARTS.stream()
        .filter(part -> part.holds(stack))
        .map(Part::name)
        .findFirst()
        .orElse("other");
  }
}
