package org.rondo.frames.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextFiles;
import org.rondo.models.Options;

class ClipsFormatTest {
  private static final Configuration HADOOP = new Configuration();
  private static final Map<String, String> GREY = Map.of("grey", "true");

  @TempDir private Path folder;

  /** An image of grey values from 0 to 255, row by row. */
  private static BufferedImage grey(int width, int... values) {
    var image = new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, values.length / width, values);
    return image;
  }

  private static BufferedImage rgb(int width, int... values) {
    var image = new BufferedImage(width, values.length / width, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, values.length / width, values, 0, width);
    return image;
  }

  private void write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  private List<FormatRow> rows(Map<String, String> given) {
    var format = new ClipsFormat();
    var options = new Options(given);
    TextFiles found = TextFiles.find(folder.toString(), HADOOP);
    List<String> files =
        found.files().stream()
            .map(SourceFile::path)
            .filter(file -> format.reads(new org.apache.hadoop.fs.Path(file), found, options))
            .toList();
    var rows = new ArrayList<FormatRow>();
    List<List<String>> groups = format.groups(files, options);
    Options settled = format.settled(groups, options, HADOOP);
    for (List<String> group : groups) {
      try (FormatRows open = format.open(group, settled, HADOOP)) {
        open.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  private static int[][] bytes(FormatRow row) {
    assertThat(row.problem()).isNull();
    var series = (float[][]) row.values().get(0);
    var bytes = new int[series.length][];
    for (int t = 0; t < series.length; t++) {
      bytes[t] = new int[series[t].length];
      for (int f = 0; f < series[t].length; f++) {
        bytes[t][f] = Math.round(series[t][f] * 255);
        assertThat(series[t][f]).isEqualTo(bytes[t][f] / 255f);
      }
    }
    return bytes;
  }

  @Test
  void aFolderIsAClipOfItsImagesInTheOrderOfTheirNumbers() throws IOException {
    write("up/b/frame10.png", grey(2, 3, 3));
    write("up/b/frame9.png", grey(2, 2, 200));
    write("up/b/frame1.bmp", grey(2, 1, 1));
    write("down/a/x.gif", grey(2, 0, 255));
    Files.writeString(folder.resolve("up/b/notes.txt"), "no image");

    List<FormatRow> rows = rows(GREY);

    assertThat(rows).extracting(row -> row.values().get(1)).containsExactly("down", "up");
    assertThat(rows)
        .extracting(row -> row.values().get(2).toString().replaceAll(".*/(?=.*/)", ""))
        .containsExactly("down/a", "up/b");
    assertThat(bytes(rows.get(0))).isDeepEqualTo(new int[][] {{0, 255}});
    assertThat(bytes(rows.get(1))).isDeepEqualTo(new int[][] {{1, 1}, {2, 200}, {3, 3}});
  }

  @Test
  void coloursAreThreeValuesOfAPixelOrItsBrightness() throws IOException {
    write("a/1/f.png", rgb(2, 0xff8000, 0x0000ff, 0x102030, 0xffffff));

    assertThat(bytes(rows(Map.of()).get(0)))
        .isDeepEqualTo(new int[][] {{255, 128, 0, 0, 0, 255, 16, 32, 48, 255, 255, 255}});
    // 0.299 * 255 + 0.587 * 128 = 151.4; 0.114 * 255 = 29.1; 0.299 * 16 + .587 * 32 + .114 * 48 =
    // 29.04
    assertThat(bytes(rows(GREY).get(0))).isDeepEqualTo(new int[][] {{151, 29, 29, 255}});
  }

  @Test
  void imagesOfAPaletteOfSixteenBitsAndOfJpegAreBytesToo() throws IOException {
    var palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xff0000);
    palette.setRGB(1, 0, 0xffffff);
    write("a/1/f.png", palette);
    var deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 2, 1, new int[] {65535, 257 * 7});
    write("a/2/f.png", deep);
    write("a/3/f.jpg", rgb(2, 0x2050c0, 0x2050c0));

    List<FormatRow> rows = rows(Map.of());

    assertThat(bytes(rows.get(0))).isDeepEqualTo(new int[][] {{255, 0, 0, 255, 255, 255}});
    assertThat(bytes(rows.get(1))).isDeepEqualTo(new int[][] {{255, 255, 255, 7, 7, 7}});
    int[] colour = Arrays.copyOf(bytes(rows.get(2))[0], 3);
    assertThat(colour[0]).isCloseTo(0x20, within(3));
    assertThat(colour[1]).isCloseTo(0x50, within(3));
    assertThat(colour[2]).isCloseTo(0xc0, within(3));
  }

  @Test
  void aPixelOfAnotherSizeIsTheMeanOfItsArea() throws IOException {
    write("a/1/f.png", grey(3, 0, 60, 120, 30, 90, 240));

    // Three columns become two: a whole one and a half each; rows stay.
    assertThat(bytes(rows(Map.of("grey", "true", "width", "2")).get(0)))
        .isDeepEqualTo(new int[][] {{20, 100, 50, 190}});
    assertThat(bytes(rows(Map.of("grey", "true", "width", "1", "height", "1")).get(0)))
        .isDeepEqualTo(new int[][] {{90}});
    assertThat(bytes(rows(Map.of("grey", "true", "width", "3", "height", "4")).get(0)))
        .isDeepEqualTo(new int[][] {{0, 60, 120, 0, 60, 120, 30, 90, 240, 30, 90, 240}});
  }

  @Test
  void aFileIsAClipWhereThatIsAsked() throws IOException {
    Path file = folder.resolve("left/clip.gif");
    Files.createDirectories(file.getParent());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(writer.getDefaultStreamMetadata(writer.getDefaultWriteParam()));
      for (BufferedImage frame : List.of(grey(2, 0, 255), grey(2, 255, 0))) {
        writer.writeToSequence(
            new IIOImage(
                frame, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null)),
            null);
      }
      writer.endWriteSequence();
    }
    write("left/still.png", grey(2, 7, 8));

    List<FormatRow> rows = rows(Map.of("grey", "true", "clip", "file"));

    assertThat(rows).extracting(row -> row.values().get(1)).containsExactly("left", "left");
    assertThat(bytes(rows.get(0))).isDeepEqualTo(new int[][] {{0, 255}, {255, 0}});
    assertThat(bytes(rows.get(1))).isDeepEqualTo(new int[][] {{7, 8}});
  }

  /** As many values, so that the network would not notice. */
  @Test
  void clipsOfAnotherShapeThanMostAreRefused() throws IOException {
    write("a/1/f.png", grey(2, 1, 2, 3, 4));
    write("a/2/f.png", grey(4, 1, 2, 3, 4));
    write("a/3/f.png", grey(4, 5, 6, 7, 8));

    List<FormatRow> rows = rows(GREY);

    assertThat(rows.get(0).problem())
        .matches(
            "image f.png is 2 x 2 and file:/.*a/2/f.png is 4 x 1; data.options.width and height bring all images to one size");
    assertThat(rows.subList(1, 3)).extracting(FormatRow::problem).containsOnlyNulls();
    assertThat(rows(Map.of("grey", "true", "width", "4", "height", "1")))
        .extracting(FormatRow::problem)
        .containsOnlyNulls();
  }

  @Test
  void foldersWithoutImagesAreTold() throws IOException {
    write("a/1/f.png", grey(2, 1, 2));
    Files.createDirectories(folder.resolve("a/2"));
    Files.createDirectories(folder.resolve("b/3/_hidden"));
    Files.writeString(Files.createDirectories(folder.resolve("a/4")).resolve("f.webp"), "");
    TextFiles found = TextFiles.find(folder.toString(), HADOOP);

    Map<String, String> empty = new ClipsFormat().empty(found, Options.NONE);

    assertThat(empty.values()).containsOnly("holds no image: PNG, GIF, JPEG or BMP");
    assertThat(empty.keySet())
        .extracting(place -> place.replaceAll(".*/(?=.*/)", ""))
        .containsExactly("a/2", "a/4", "b/3");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    write("a/1/f.png", grey(2, 1, 2));
    byte[] whole = Files.readAllBytes(folder.resolve("a/1/f.png"));
    Files.createDirectories(folder.resolve("a/2"));
    Files.write(folder.resolve("a/2/cut.png"), Arrays.copyOf(whole, 45));
    Files.createDirectories(folder.resolve("a/3"));
    Files.writeString(folder.resolve("a/3/text.png"), "no image");
    write("a/4/f1.png", grey(2, 1, 2));
    write("a/4/f2.png", grey(1, 1, 2));

    List<FormatRow> rows = rows(GREY);

    assertThat(rows.get(0).problem()).isNull();
    assertThat(rows.get(1).problem()).startsWith("image cut.png cannot be read");
    assertThat(rows.get(2).problem())
        .isEqualTo("image text.png is no image: neither PNG, GIF, JPEG nor BMP");
    assertThat(rows.get(3).problem())
        .isEqualTo(
            "image f2.png is 1 x 2 and f1.png is 2 x 1; data.options.width and height bring all images to one size");
    assertThat(rows.subList(1, 4)).allSatisfy(row -> assertThat(row.values()).containsOnlyNulls());
    assertThatThrownBy(() -> new ClipsFormat().columns(new Options(Map.of("width", "5000"))))
        .hasMessage("data.options.width = 5000: must be at most 4096");
    assertThatThrownBy(() -> new ClipsFormat().columns(new Options(Map.of("grey", "yes"))))
        .hasMessageContaining("grey = yes: must be one of");
  }
}
