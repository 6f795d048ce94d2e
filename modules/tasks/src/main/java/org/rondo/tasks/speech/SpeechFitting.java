package org.rondo.tasks.speech;

import java.util.List;
import java.util.Locale;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LabelCounts;
import org.rondo.tasks.inputs.AudioReader;
import org.rondo.tasks.inputs.ScaleFitting;

/** The symbols of the training rows, and the scales of what is heard. */
final class SpeechFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final SpeechPlan plan;
  private final LabelCounts symbols = new LabelCounts();
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
    List<String> transcript = plan.text().of(row);
    plan.text().requireRoom(row, transcript, steps.length);
    for (float[] step : steps) {
      scales.add(step);
    }
    transcript.forEach(symbols::add);
    counts.add("rows", 1);
    counts.add("steps", steps.length);
    counts.add(plan.text().symbols(), transcript.size());
    counts.add("empty transcripts", transcript.isEmpty() ? 1 : 0);
  }

  @Override
  public void merge(Fitting other) {
    var next = (SpeechFitting) other;
    symbols.merge(next.symbols);
    scales.merge(next.scales);
    counts.merge(next.counts);
  }

  @Override
  public Features features() {
    if (symbols.size() == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "speech: no training row has a %s in its transcript; there is nothing to learn",
              plan.text().symbol()));
    }
    return new SpeechFeatures(
        new SpeechFeatures.Contents(
            SpeechFeatures.VERSION,
            SpeechTask.NAME,
            plan.audio().sound(),
            plan.audio().maximumSeconds(),
            scales.scales(),
            plan.text(),
            symbols.labels(),
            plan.metric(),
            SpeechSearch.asTrained(),
            List.of(),
            counts.all()));
  }
}
