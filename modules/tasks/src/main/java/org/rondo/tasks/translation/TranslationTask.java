package org.rondo.tasks.translation;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/**
 * A text for a text: a translation, a transliteration, the sounds of a word, a summary. An encoder
 * reads the source, and a decoder with attention writes the target token by token.
 *
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015</a>
 * @see <a href="https://aclanthology.org/D15-1166">Luong et al. 2015</a>
 */
@AutoService(Task.class)
public final class TranslationTask implements Task {
  static final String NAME = "translation";
  static final String SOURCE = "source";
  static final String TARGET = "target";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    TranslationPlan.of(settings);
    AttentionPlan.of(settings);
    TranslationSearch.of(settings);
    return List.of(
        new Column(SOURCE, ColumnType.TEXT, Need.ALWAYS),
        new Column(TARGET, ColumnType.TEXT, Need.TO_LEARN));
  }

  @Override
  public void check(RecurrentStack stack, TaskSettings settings) {
    AttentionPlan.of(settings).requireFits(stack, settings);
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return TranslationPlan.METRICS;
  }

  @Override
  public Set<String> keysOfPrediction() {
    return TranslationSearch.KEYS;
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new TranslationFitting(TranslationPlan.of(settings));
  }

  @Override
  public Features features(String json) {
    return TranslationFeatures.read(json);
  }
}
