package org.rondo.runs.spark;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The locale that executors start in. A JVM takes the charset of file names from it and cannot be
 * told otherwise; where it is {@code POSIX}, as services often have it, names beyond ASCII are
 * lost.
 */
public final class ExecutorLocale {
  /** Of every glibc that oneDNN runs with. */
  public static final String UTF_8 = "C.UTF-8";

  private static final String ENVIRONMENT = "spark.executorEnv.";

  private ExecutorLocale() {}

  /**
   * Gives executors one of UTF-8, unless the user gave them another; those of this machine have
   * this process's.
   */
  static void set(SparkConf conf) {
    boolean inherits = DriverAddress.isLocal(conf.get("spark.master")) && isUtf8();
    boolean given =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG").anyMatch(key -> conf.contains(ENVIRONMENT + key));
    if (!inherits && !given) {
      conf.set(ENVIRONMENT + "LC_ALL", UTF_8);
    }
  }

  /** The charset of this process's file names and arguments. */
  public static Charset ofNames() {
    return Charset.forName(System.getProperty("sun.jnu.encoding"));
  }

  /** Whether this process reads every file name. */
  public static boolean isUtf8() {
    return ofNames().equals(StandardCharsets.UTF_8);
  }
}
