package org.rondo.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Frames against those of librosa, where a Python can import it. */
class LibrosaTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-librosa.py");

  /** Logarithms of energies and their changes are stored as float32, of a size of ten. */
  private static final double ERROR = 2e-5;

  private static final List<SpeechFrames> PLANS =
      List.of(
          new SpeechFrames(16_000, 40, 25, 10, 0, 1),
          new SpeechFrames(8000, 23, 25, 10, 1, 1),
          new SpeechFrames(22_050, 64, 46.44, 10, 2, 1),
          new SpeechFrames(44_100, 13, 32, 16, 2, 1));

  /** A tone that rises over noise, from silence on. */
  private static float[] sound(Random random, int rate) {
    var samples = new float[rate / 4 + random.nextInt(rate / 4)];
    double from = 50 + 500 * random.nextDouble();
    for (int i = samples.length / 5; i < samples.length; i++) {
      double time = (double) i / rate;
      samples[i] =
          (float)
              (0.5 * Math.sin(2 * Math.PI * from * time * (1 + 3 * time))
                  + 0.01 * random.nextGaussian());
    }
    return samples;
  }

  @Test
  void framesOfRandomSoundAreTheSame() throws IOException, InterruptedException {
    assumeTrue(run("-c", "import librosa"), PYTHON + " cannot import librosa; see PYTHON");
    var random = new Random(7);
    var sounds = new ArrayList<float[]>();
    var text = new StringBuilder();
    for (SpeechFrames plan : PLANS) {
      float[] samples = sound(random, plan.rate());
      sounds.add(samples);
      int size = new PowerSpectrum(plan.windowSamples()).size();
      text.append(
          String.format(
              Locale.ROOT,
              "%d %d %d %d %d %d",
              plan.rate(),
              plan.mels(),
              plan.windowSamples(),
              plan.hopSamples(),
              size,
              plan.deltas()));
      for (float sample : samples) {
        text.append(' ').append(sample);
      }
      text.append('\n');
    }
    Path folder = Files.createDirectories(Path.of("target", "librosa"));
    Path file = Files.writeString(folder.resolve("sounds.txt"), text);
    Path figures = folder.resolve("figures.txt");
    assertThat(run(SCRIPT.toString(), file.toString(), figures.toString())).isTrue();

    List<String> lines = Files.readAllLines(figures);
    assertThat(lines).hasSameSizeAs(PLANS);
    var report = new StringBuilder();
    for (int i = 0; i < PLANS.size(); i++) {
      SpeechFrames plan = PLANS.get(i);
      float[][] frames = new FrameReader(plan).frames(new Waveform(sounds.get(i), plan.rate()));
      String[] expected = lines.get(i).split(" ", -1);
      assertThat(frames).hasNumberOfRows(Integer.parseInt(expected[0]));
      double largest = 0;
      for (int at = 1; at < expected.length; at++) {
        int place = at - 1;
        float found = frames[place / plan.width()][place % plan.width()];
        largest = Math.max(largest, Math.abs(found - Double.parseDouble(expected[at])));
      }
      assertThat(largest).as("%s", plan).isLessThan(ERROR);
      report.append(
          String.format(
              Locale.ROOT, "%d frames, %s: differ by %.1e%n", frames.length, plan, largest));
    }
    Files.writeString(folder.resolve("compare.txt"), report);
  }

  private static boolean run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "librosa.log").toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
