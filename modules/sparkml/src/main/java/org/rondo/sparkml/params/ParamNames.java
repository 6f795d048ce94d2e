package org.rondo.sparkml.params;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names of Params where a sentence has keys of a task that Params stand for. */
public final class ParamNames {
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(?:speech|forecasting|anomaly|translation)\\.(\\w+)|\\bmaximum_seconds\\b");
  private static final Pattern WORD = Pattern.compile("_(\\w)");

  /** Params of other names than their keys. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "translation.beam", "beamSize",
          "translation.best", "numTranslations",
          "translation.decoder_units", "decoderSize",
          "translation.maximum_vocabulary", "vocabSize",
          "translation.minimum_count", "minCount");

  private ParamNames() {}

  /** The sentence with {@code maximumSeconds} for {@code speech.maximum_seconds}. */
  public static String in(String sentence) {
    return KEY.matcher(sentence).replaceAll(ParamNames::name);
  }

  private static String name(MatchResult key) {
    String other = OTHERS.get(key.group());
    if (other != null) {
      return other;
    }
    String word = key.group(1) == null ? key.group() : key.group(1);
    return WORD.matcher(word).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }
}
