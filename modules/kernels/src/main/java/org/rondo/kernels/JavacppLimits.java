package org.rondo.kernels;

import java.util.Locale;

/**
 * The limits that JavaCPP, the bridge to native libraries, sets to off-heap memory.
 *
 * <p>By default it derives them from {@code -Xmx}, counts the whole process against one of them,
 * and throws OutOfMemoryError in the middle of a run. What Rondo computes on is allocated by {@link
 * NativeMemory} and bounded by {@code -XX:MaxDirectMemorySize}, so JavaCPP's limits would only stop
 * healthy jobs.
 */
public final class JavacppLimits {
  private static final String PREFIX = "org.bytedeco.javacpp.";

  private JavacppLimits() {}

  /**
   * Lifts the limits that the user has not set. To be called before JavaCPP's first class loads.
   */
  public static void lift() {
    for (String limit : new String[] {"maxBytes", "maxPhysicalBytes"}) {
      if (System.getProperty(PREFIX + limit) == null) {
        System.setProperty(PREFIX + limit, "0");
      }
    }
  }

  /** What they are, in words; JavaCPP takes 0 as no limit. */
  public static String description() {
    String bytes = System.getProperty(PREFIX + "maxBytes", "as derived from -Xmx");
    String physical = System.getProperty(PREFIX + "maxPhysicalBytes", "as derived from -Xmx");
    return String.format(Locale.ROOT, "maxBytes = %s, maxPhysicalBytes = %s", bytes, physical);
  }
}
