package org.rondo.tasks.inputs;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.TaskSettings;

/**
 * How the input of rows is read.
 *
 * @param task that reads it, for errors
 * @param input words, characters, bpe, tokens, series, audio, or {@value #AUTO}: what the rows have
 * @param lowercase whether letters are made small first
 * @param minimumCount a token seen less often is unknown
 * @param maximumVocabulary ids at most, that of unknown tokens included; 0 for no limit
 * @param limit which steps of a long row are kept
 * @param standardize whether every channel of a series, and every value of a step of sound, gets
 *     the mean 0 and the deviation 1
 * @param audio how recordings are read
 */
public record InputPlan(
    String task,
    String input,
    boolean lowercase,
    int minimumCount,
    int maximumVocabulary,
    StepLimit limit,
    boolean standardize,
    AudioPlan audio)
    implements Serializable {
  private static final String AUTO = "auto";

  /**
   * Reads the keys of a task.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  public static InputPlan of(String task, TaskSettings settings) {
    Stream<String> words = Arrays.stream(InputKind.values()).map(InputKind::word);
    return new InputPlan(
        task,
        settings.choice("input", Stream.concat(Stream.of(AUTO), words).toList()),
        settings.flag("lowercase"),
        settings.whole("minimum_count", 1, Integer.MAX_VALUE),
        maximumVocabulary(settings),
        limit(settings),
        settings.flag("standardize"),
        AudioPlan.of(settings));
  }

  private static StepLimit limit(TaskSettings settings) {
    int most = settings.whole("maximum_length", 0, Integer.MAX_VALUE);
    String keep = settings.choice("keep", StepLimit.Keep.words());
    return new StepLimit(most, StepLimit.Keep.valueOf(keep.toUpperCase(Locale.ROOT)));
  }

  private static int maximumVocabulary(TaskSettings settings) {
    int most = settings.whole("maximum_vocabulary", 0, Integer.MAX_VALUE);
    if (most == 1) {
      throw settings.refusal("maximum_vocabulary", "must be 0 (no limit) or >= 2");
    }
    if (settings.text("input").equals(InputKind.BPE.word())) {
      Tokenizer.named(InputKind.BPE.tokenizer())
          .refusal(new VocabularyPlan(1, most))
          .ifPresent(
              rule -> {
                throw settings.refusal("maximum_vocabulary", rule);
              });
    }
    return most;
  }

  /** The columns that may be read, which all have to be there unless the rows decide. */
  public Set<Column> columns() {
    Need need = input.equals(AUTO) ? Need.OPTIONAL : Need.ALWAYS;
    var columns = new LinkedHashSet<Column>();
    kinds().forEach(kind -> columns.add(new Column(kind.role(), kind.type(), need)));
    return columns;
  }

  /** What may be read: of a text left to the rows, words are; sound has to be asked for. */
  List<InputKind> kinds() {
    return Arrays.stream(InputKind.values())
        .filter(kind -> input.equals(AUTO) ? kind.isFound() : input.equals(kind.word()))
        .toList();
  }

  /**
   * That a vocabulary of another network is of use.
   *
   * @throws IllegalArgumentException if values are read, and nothing else
   */
  public void requireTokens(TaskSettings settings) {
    if (kinds().stream().allMatch(InputKind::hasValues)) {
      throw settings.refusal("input", "values need no vocabulary of another network");
    }
  }

  /** That nothing can be learned of the training rows. */
  public IngestException refused(String sentence, Object... values) {
    return new IngestException(task + ": " + String.format(Locale.ROOT, sentence, values));
  }
}
