package org.rondo.tasks.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Split;
import org.rondo.models.layers.ImageShape;
import org.rondo.tasks.Example;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.pictures.FramePicture;
import org.rondo.tasks.pictures.Picture;

/**
 * Draws the frames of clips and what was predicted for each of them.
 *
 * @param role of the column that holds the frames
 */
record FrameIllustrator(RegressionFeatures features, String role, ImageShape shape)
    implements Illustrator {
  private static final int MOST_CLIPS = 4;
  private static final String NONE = "";

  @Override
  public List<Picture> draw(Map<String, List<Example>> rows, LearnedNetwork network) {
    List<Example> clips = rows.getOrDefault(Split.VALIDATION, List.of());
    List<Example> drawn = clips.subList(0, Math.min(MOST_CLIPS, clips.size()));
    List<RowPrediction> predicted;
    try (var predictor = network.predictor(features)) {
      predicted = predictor.predict(drawn);
    }
    var pictures = new ArrayList<Picture>();
    for (int i = 0; i < drawn.size(); i++) {
      if (predicted.get(i).isPredicted()) {
        var next = (float[][]) predicted.get(i).values().get(RegressionDecoder.PREDICTION);
        pictures.add(picture("Clip " + (i + 1), drawn.get(i).series(role), next));
      }
    }
    return pictures;
  }

  /**
   * A clip.
   *
   * @param next {@code (T, values)}: at each step the frame behind it
   */
  private FramePicture picture(String title, float[][] clip, float[][] next) {
    var frames = new ArrayList<String>();
    var predicted = new ArrayList<String>();
    int count = Math.min(clip.length, next.length) + 1;
    for (int t = 0; t < Math.min(count, FramePicture.frames(shape)); t++) {
      frames.add(t < clip.length ? FramePicture.frame(clip[t]) : NONE);
      predicted.add(t > 0 ? FramePicture.frame(next[t - 1]) : NONE);
    }
    return new FramePicture(
        title,
        "Above the frames, below what was predicted for each from those before it.",
        shape,
        frames,
        predicted);
  }
}
