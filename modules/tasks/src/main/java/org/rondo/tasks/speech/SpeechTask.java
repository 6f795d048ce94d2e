package org.rondo.tasks.speech;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.AudioReader;

/**
 * The transcript of a recording, by connectionist temporal classification: no one needs to say when
 * each character or word is spoken.
 */
@AutoService(Task.class)
public final class SpeechTask implements Task {
  static final String NAME = "speech";
  static final String TRANSCRIPT = "transcript";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    SpeechPlan.of(settings);
    SpeechSearch.of(settings);
    SpeechMasks.of(settings);
    return List.of(
        new Column(AudioReader.ROLE, ColumnType.BYTES, Need.ALWAYS),
        new Column(TRANSCRIPT, ColumnType.TEXT, Need.TO_LEARN));
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return SpeechPlan.metrics(SpokenText.of(settings));
  }

  @Override
  public Set<String> keysOfPrediction() {
    return SpeechSearch.KEYS;
  }

  @Override
  public Optional<String> languageModel(TaskSettings settings) {
    return SpeechSearch.model(settings);
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new SpeechFitting(SpeechPlan.of(settings));
  }

  @Override
  public Features features(String json) {
    return SpeechFeatures.read(json);
  }
}
