package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.frames.NaturalOrder;
import org.rondo.ingest.text.TextFiles;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * Clips of images: a folder each, such as {@code left/clip7/}, whose images are its frames in the
 * order of their names, 9 before 10. Images are PNG, GIF, JPEG or BMP; other files are passed over.
 * Columns: {@code series}, at each step the image {@code (height,width,channels)}, row by row, its
 * values k/255 with k from 0 to 255; {@code label}, the name of the folder around the clip; and
 * {@code clip}, the path of the folder or file that the clip is.
 *
 * <p>Options: {@code width} and {@code height}, to which images are resized, those of the images by
 * default; {@code grey}, whether a pixel is its brightness and not red, green and blue; {@code
 * clip}, a {@code folder} or a {@code file}, which is an animated GIF or a single image.
 *
 * <p>All clips have images of one size: that which most of the first images of some clips have.
 */
@AutoService(RowFormat.class)
public final class ClipsFormat implements RowFormat {
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String GREY = "grey";
  private static final String CLIP = "clip";

  /**
   * Added to the options on the driver: the size that all images have, and an image that has it.
   */
  private static final String SIZE = "size of all";

  private static final String LIKE = "image of that size";
  private static final int LOOKED_AT = 9;
  private static final int LARGEST = 4096;
  private static final int COLUMNS = 3;
  private static final Set<String> IMAGES = Set.of("png", "gif", "jpg", "jpeg", "bmp");

  @Override
  public String name() {
    return "clips";
  }

  @Override
  public Set<String> options() {
    return Set.of(WIDTH, HEIGHT, GREY, CLIP);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    options.flag(GREY);
    areFiles(options);
    for (String name : List.of(WIDTH, HEIGHT)) {
      int size = options.whole(name, 0);
      ValueException.unless(
          size <= LARGEST, "data.options." + name, size, "must be at most " + LARGEST);
    }
    return List.of(
        new FormatColumn("series", ColumnType.SERIES),
        new FormatColumn("label", ColumnType.LABEL),
        new FormatColumn(CLIP, ColumnType.TEXT));
  }

  private static boolean areFiles(Options options) {
    return options.choice(CLIP, "folder", "file").equals("file");
  }

  @Override
  public boolean reads(Path file, TextFiles found, Options options) {
    String name = file.getName();
    return IMAGES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  @Override
  public List<List<String>> groups(List<String> files, Options options) {
    if (areFiles(options)) {
      return RowFormat.super.groups(files, options);
    }
    Map<String, List<String>> clips = new TreeMap<>();
    for (String file : files) {
      clips.computeIfAbsent(folder(file), f -> new ArrayList<>()).add(file);
    }
    clips.values().forEach(clip -> clip.sort(new NaturalOrder()));
    return List.copyOf(clips.values());
  }

  private static String folder(String file) {
    return new Path(file).getParent().toString();
  }

  @Override
  public SortedMap<String, String> empty(TextFiles found, Options options) {
    var empty = new TreeMap<String, String>();
    EmptyFolders.of(found, file -> reads(file, found, options))
        .forEach(folder -> empty.put(folder.toString(), "holds no image: PNG, GIF, JPEG or BMP"));
    return empty;
  }

  /** Of clips that lie evenly among all, so that a first one that differs does not decide. */
  @Override
  public Options settled(List<List<String>> groups, Options options, Configuration hadoop) {
    var counts = new LinkedHashMap<String, Integer>();
    var images = new TreeMap<String, String>();
    int looked = Math.min(LOOKED_AT, groups.size());
    for (int i = 0; i < looked; i++) {
      String image = groups.get((int) ((long) i * groups.size() / looked)).get(0);
      try {
        Picture picture = ImageFile.read(RawFile.read(image, hadoop), true).get(0);
        String size = resized(picture, options).toString();
        counts.merge(size, 1, Integer::sum);
        images.putIfAbsent(size, image);
      } catch (ImageFile.BadImage e) {
        // Its row will say so.
      }
    }
    var settled = new TreeMap<>(options.values());
    counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .ifPresent(
            size -> {
              settled.put(SIZE, size);
              settled.put(LIKE, images.get(size));
            });
    return new Options(settled);
  }

  @Override
  public FormatRows open(List<String> files, Options options, Configuration hadoop) {
    String clip = areFiles(options) ? files.get(0) : folder(files.get(0));
    return new Clip(clip, List.of(row(clip, files, options, hadoop)).iterator());
  }

  private static FormatRow row(
      String clip, List<String> files, Options options, Configuration hadoop) {
    String size = options.values().get(SIZE);
    var frames = new ArrayList<float[]>();
    Picture first = null;
    for (String file : files) {
      String name = new Path(file).getName();
      try {
        for (Picture picture : ImageFile.read(RawFile.read(file, hadoop), options.flag(GREY))) {
          Picture frame = resized(picture, options);
          if (first == null && size != null && !frame.toString().equals(size)) {
            return refused(name, frame, options.values().get(LIKE), size);
          }
          first = first == null ? frame : first;
          if (!frame.hasSizeOf(first)) {
            return refused(name, frame, new Path(files.get(0)).getName(), first.toString());
          }
          frames.add(frame.values());
        }
      } catch (ImageFile.BadImage e) {
        return FormatRow.refused(0, COLUMNS, "image " + name + " " + e.getMessage());
      }
    }
    Path label = new Path(clip).getParent();
    return FormatRow.of(
        0, frames.toArray(float[][]::new), label == null ? null : label.getName(), clip);
  }

  private static Picture resized(Picture picture, Options options) {
    return picture.resized(options.whole(WIDTH, 0), options.whole(HEIGHT, 0));
  }

  private static FormatRow refused(String name, Picture frame, String other, String size) {
    return FormatRow.refused(
        0,
        COLUMNS,
        String.format(
            Locale.ROOT,
            "image %s is %s and %s is %s; data.options.width and height bring all images to one size",
            name,
            frame,
            other,
            size));
  }

  /** The one row of a clip, which is read as a whole. */
  private record Clip(String file, Iterator<FormatRow> rows) implements FormatRows {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public FormatRow next() {
      return rows.next();
    }

    @Override
    public void close() {}
  }
}
