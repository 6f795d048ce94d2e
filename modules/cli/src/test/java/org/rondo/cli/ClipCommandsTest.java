package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.testkit.MovingShapes;

/** Clips of images, by command lines and conf/clips.conf. */
final class ClipCommandsTest {
  private static final String CONF = "../../conf/clips.conf";

  @TempDir private static Path folder;

  @BeforeAll
  static void clips() throws IOException {
    MovingShapes.write(folder.resolve("shapes"), 320, 1);
    MovingShapes.write(folder.resolve("new"), 16, 2);
  }

  private static CommandLineRun run(String command, Path clips, String output, String... more) {
    var line = new ArrayList<>(List.of(command, CONF, "--set", "data.path=" + clips));
    line.addAll(List.of("--set", "output=" + folder.resolve(output)));
    line.addAll(List.of("--set", "precision=float32", "--set", "train.epochs=8"));
    line.addAll(List.of("--set", "network.units=24", "--set", "optimizer.learning_rate=0.01"));
    line.addAll(List.of("--set", "classification.convolution=4:3:2"));
    line.addAll(List.of(more));
    return CommandLineRun.of(line);
  }

  @Test
  void theDirectionOfASquareIsLearned() throws IOException {
    Path shapes = folder.resolve("shapes");

    CommandLineRun trained = run("train", shapes, "directions");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    // One of eight directions is right by chance.
    assertThat(trained.json().get("score").asDouble()).isGreaterThan(0.6);
    CommandLineRun predicted =
        run("predict", shapes, "directions", "--input", folder.resolve("new").toString());
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    int right = 0;
    for (String line : predicted.out().lines().toList()) {
      JsonNode clip = new ObjectMapper().readTree(line);
      right += clip.get("prediction").equals(clip.get("label")) ? 1 : 0;
    }
    assertThat(predicted.out().lines()).hasSize(16);
    assertThat(right).isGreaterThan(8);
  }

  @Test
  void theNextFrameIsPredictedBetterThanByRepeatingTheLast() throws IOException {
    List<String> keys =
        List.of(
            "../../conf/next-frame.conf",
            "--set",
            "data.path=" + folder.resolve("shapes"),
            "--set",
            "output=" + folder.resolve("next"),
            "--set",
            "precision=float32",
            "--set",
            "train.epochs=6",
            "--set",
            "network.units=48",
            "--set",
            "optimizer.learning_rate=0.01");
    var train = new ArrayList<>(List.of("train"));
    train.addAll(keys);
    var predict = new ArrayList<>(List.of("predict"));
    predict.addAll(keys);
    Path images = folder.resolve("images");
    predict.addAll(List.of("--input", folder.resolve("new/up").toString()));
    predict.addAll(List.of("--images", images.toString()));

    CommandLineRun trained = CommandLineRun.of(train);
    CommandLineRun predicted = CommandLineRun.of(predict);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode scores = trained.json().get("scores");
    assertThat(trained.json().get("metric").asText()).isEqualTo("mse");
    assertThat(scores.get("mse-over-repeating").asDouble()).isLessThan(1);
    assertThat(scores.get("mse").asDouble() / scores.get("mse-of-repeating").asDouble())
        .isCloseTo(scores.get("mse-over-repeating").asDouble(), within(1e-9));
    assertThat(Files.readString(folder.resolve("next/events.jsonl")))
        .contains("\"kind\":\"frames\"", "\"title\":\"Clip 4\"");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    // Two clips of ten frames, whose prediction for the eleventh makes one more column.
    assertThat(images.toFile().list()).contains("1.png", "2.png");
    BufferedImage strip = ImageIO.read(images.resolve("1.png").toFile());
    assertThat(strip.getWidth()).isEqualTo(2 + 11 * (3 * 16 + 2));
    assertThat(strip.getHeight()).isEqualTo(2 + 2 * (3 * 16 + 2));
  }

  @Test
  void anImageThatCannotBeReadAndAShapeThatDoesNotFitAreNamed() throws IOException {
    Path broken = folder.resolve("broken/up/clip1/frame3.png");
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, "no image");
    Files.createDirectories(folder.resolve("broken/up/clip2"));
    Path wide = folder.resolve("wide/up/clip1/frame1.png");
    Files.createDirectories(wide.getParent());
    ImageIO.write(new BufferedImage(32, 8, BufferedImage.TYPE_BYTE_GRAY), "png", wide.toFile());

    CommandLineRun refused = run("prepare", folder.resolve("broken"), "refused");
    CommandLineRun other =
        run(
            "prepare",
            folder.resolve("new"),
            "wide-run",
            "--set",
            "data.options.width=0",
            "--set",
            "data.options.height=0",
            "--set",
            "data.validation=" + folder.resolve("wide"));
    CommandLineRun misfit =
        run(
            "train",
            folder.resolve("new"),
            "misfit",
            "--set",
            "classification.image=8x8x1",
            "--set",
            "data.validation_fraction=0.3");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err())
        .contains("not one of 2 rows can be used")
        .contains("up/clip1: image frame3.png is no image")
        .contains("up/clip2: holds no image");
    assertThat(other.exitCode()).isNotZero();
    assertThat(other.err())
        .contains("1 of 17 rows cannot be used")
        .containsPattern("up/clip1: image frame1.png is 32 x 8 and file:/.*png is 16 x 16; ");
    assertThat(misfit.exitCode()).isNotZero();
    assertThat(misfit.err())
        .contains(
            "classification.image = 8x8x1: is 64 values, but each step of the series has 256");
  }
}
