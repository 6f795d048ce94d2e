package org.rondo.testkit;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Clips of a bright square that moves over a dark image, in one of eight directions and past each
 * border to the opposite one. A single frame does not tell the direction. Runs alone:
 *
 * <pre>
 *   java MovingShapes.java FOLDER CLIPS SEED
 * </pre>
 */
public final class MovingShapes {
  /** Height and width of a frame. */
  public static final int SIZE = 16;

  /** Frames of a clip. */
  public static final int STEPS = 10;

  /** The directions, clockwise. */
  public static final List<String> DIRECTIONS =
      List.of("up", "up-right", "right", "down-right", "down", "down-left", "left", "up-left");

  private static final int[] DOWN = {-1, -1, 0, 1, 1, 1, 0, -1};
  private static final int[] RIGHT = {0, 1, 1, 1, 0, -1, -1, -1};
  private static final int LEAST_SIDE = 3;
  private static final int SIDES = 3;
  private static final int LEAST_LIGHT = 128;
  private static final int LIGHTS = 128;

  private MovingShapes() {}

  /**
   * One clip: a square of 3 to 5 pixels that moves by 1 or 2 pixels a step.
   *
   * @param direction index of {@link #DIRECTIONS}
   * @return {@code (STEPS, SIZE*SIZE)}, grey from 0 to 255
   */
  public static int[][] clip(int direction, SplittableRandom random) {
    int side = LEAST_SIDE + random.nextInt(SIDES);
    int speed = 1 + random.nextInt(2);
    int light = LEAST_LIGHT + random.nextInt(LIGHTS);
    int top = random.nextInt(SIZE);
    int left = random.nextInt(SIZE);
    var frames = new int[STEPS][SIZE * SIZE];
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < side * side; i++) {
        int y = Math.floorMod(top + t * speed * DOWN[direction] + i / side, SIZE);
        int x = Math.floorMod(left + t * speed * RIGHT[direction] + i % side, SIZE);
        frames[t][y * SIZE + x] = light;
      }
    }
    return frames;
  }

  /**
   * Writes clips, their directions in turn, as {@code DIRECTION/clipN/frameT.png}.
   *
   * @param clips how many
   */
  public static void write(Path folder, int clips, long seed) throws IOException {
    var random = new SplittableRandom(seed);
    for (int n = 0; n < clips; n++) {
      int direction = n % DIRECTIONS.size();
      Path clip =
          folder
              .resolve(DIRECTIONS.get(direction))
              .resolve(String.format(Locale.ROOT, "clip%d", n));
      Files.createDirectories(clip);
      int[][] frames = clip(direction, random);
      for (int t = 0; t < STEPS; t++) {
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, SIZE, SIZE, frames[t]);
        Path file = clip.resolve(String.format(Locale.ROOT, "frame%d.png", t));
        ImageIO.write(image, "png", file.toFile());
      }
    }
  }

  /** Writes clips to a folder: its path, how many, and a seed. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
  }
}
