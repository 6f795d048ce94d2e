package org.rondo.runs;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.SparkConf;

/**
 * What stays secret wherever settings are shown or written. Of {@code spark.*} it is what Spark
 * itself redacts: {@code spark.redaction.regex} is looked for in keys and in values, {@code -D}
 * options within them included; and keys for encryption, accounts and private keys, which Spark's
 * default does not know. Rondo's own keys hold no secrets but passwords within URIs, {@code
 * scheme://user:password@host}.
 */
public final class Redaction {
  /** What stands in the place of a secret, as on Spark's pages. */
  public static final String REDACTED = "*********(redacted)";

  private static final String SPARK = "spark.";
  private static final String KEY = "spark.redaction.regex";

  /** Spark's default of that key. */
  private static final String STANDARD = "(?i)secret|password|token|access[.]?key";

  /** What Spark's default does not know. */
  private static final String MORE = "(encryption|account|private)[._-]?key|passphrase|credential";

  private static final Pattern ALWAYS = Pattern.compile("(?i)" + MORE);

  private static final Pattern PASSWORD_IN_URI = Pattern.compile("(?<=://)([^/\\s:@]+):[^/\\s]+@");

  private final Pattern secret;

  private Redaction(Pattern secret) {
    this.secret = secret;
  }

  /**
   * By what spark-submit gave, under the configuration's {@code spark.*}.
   *
   * @throws SettingsException if the regular expression is none
   */
  public static Redaction of(Settings settings) {
    var conf = new SparkConf();
    settings.spark().forEach(conf::set);
    return of(Optional.ofNullable(conf.get(KEY, null)));
  }

  /**
   * By these settings of Spark's alone.
   *
   * @throws SettingsException if the regular expression is none
   */
  public static Redaction of(Map<String, String> spark) {
    return of(Optional.ofNullable(spark.get(KEY)));
  }

  private static Redaction of(Optional<String> given) {
    try {
      return new Redaction(Pattern.compile(given.orElse(STANDARD)));
    } catch (PatternSyntaxException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s = %s: no regular expression: %s",
              KEY,
              given.orElse(""),
              e.getDescription()),
          e);
    }
  }

  /**
   * Lets Spark itself, in its event log and on its pages, redact what Rondo does, unless the user
   * decided it.
   */
  public static void teach(SparkConf conf) {
    conf.setIfMissing(KEY, STANDARD + "|" + MORE);
  }

  /** Whether this value of Spark's is a secret, by its key or by itself. */
  public boolean hides(String key, String value) {
    return key.startsWith(SPARK) && !key.equals(KEY) && (isSecret(key) || isSecret(value));
  }

  private boolean isSecret(String text) {
    return secret.matcher(text).find() || ALWAYS.matcher(text).find();
  }

  /** The value as it may be shown. */
  public String shown(String key, String value) {
    return hides(key, value) ? REDACTED : withoutPassword(value);
  }

  /** All values as they may be shown. */
  public SortedMap<String, String> shown(Map<String, String> values) {
    var shown = new TreeMap<String, String>();
    values.forEach((key, value) -> shown.put(key, shown(key, value)));
    return shown;
  }

  /** A URI, or a text that holds some, without the passwords in them. */
  static String withoutPassword(String text) {
    return PASSWORD_IN_URI.matcher(text).replaceAll("$1:" + REDACTED + "@");
  }
}
