package org.rondo.tasks.speech;

import java.util.List;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LabelCounts;
import org.rondo.tasks.inputs.AudioReader;
import org.rondo.tasks.inputs.ScaleFitting;

/** The characters of the training rows, and the scales of what is heard. */
final class SpeechFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final SpeechPlan plan;
  private final LabelCounts characters = new LabelCounts();
  private final ScaleFitting scales;
  private final Counts counts = new Counts();

  /** Made where it is first used: it does not travel. */
  private transient AudioReader reader;

  SpeechFitting(SpeechPlan plan) {
    this.plan = plan;
    this.scales = new ScaleFitting(plan.audio().sound().width());
  }

  @Override
  public void add(Example row) {
    if (reader == null) {
      reader = new AudioReader(plan.audio());
    }
    float[][] steps = reader.steps(row);
    List<String> transcript = plan.text().characters(row);
    int[] codes = transcript.stream().mapToInt(character -> character.codePointAt(0)).toArray();
    SpokenText.requireRoom(row, codes, steps.length);
    for (float[] step : steps) {
      scales.add(step);
    }
    transcript.forEach(characters::add);
    counts.add("rows", 1);
    counts.add("steps", steps.length);
    counts.add("characters", transcript.size());
    counts.add("empty transcripts", transcript.isEmpty() ? 1 : 0);
  }

  @Override
  public void merge(Fitting other) {
    var next = (SpeechFitting) other;
    characters.merge(next.characters);
    scales.merge(next.scales);
    counts.merge(next.counts);
  }

  @Override
  public Features features() {
    if (characters.size() == 0) {
      throw new IngestException(
          "speech: no training row has a character in its transcript; there is nothing to learn");
    }
    return new SpeechFeatures(
        new SpeechFeatures.Contents(
            SpeechFeatures.VERSION,
            SpeechTask.NAME,
            plan.audio().sound(),
            plan.audio().maximumSeconds(),
            scales.scales(),
            plan.text(),
            characters.labels(),
            plan.metric(),
            SpeechSearch.asTrained(),
            List.of(),
            counts.all()));
  }
}
