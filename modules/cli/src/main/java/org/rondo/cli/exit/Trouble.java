package org.rondo.cli.exit;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.rondo.ingest.StorageReason;

/**
 * A failure that is not Rondo's own, in words: what the JVM, Hadoop and Spark throw where a machine
 * or an address is at fault.
 *
 * @param sentence what is the matter
 * @param cure what to do about it; empty where the sentence says it
 * @param remote whether an address of the configuration may be to blame
 */
record Trouble(ExitCode code, String sentence, String cure, boolean remote) {
  private static final String FILES = "raise the limit on open files: ulimit -n 4096";
  private static final String ADDRESS =
      "see that the address is right and that the service there is up";

  /** Names of exceptions that tell of an address that does not answer. */
  private static final List<String> NETWORK =
      List.of(
          "UnknownHostException",
          "ConnectException",
          "NoRouteToHostException",
          "SocketTimeoutException",
          "ConnectTimeoutException",
          "SocketException",
          "RpcException",
          "HttpHostConnectException",
          "SSLException",
          "SSLHandshakeException");

  private static final List<String> DENIED =
      List.of("AccessControlException", "AccessDeniedException", "AuthorizationException");

  /** What is known of a failure or of what caused it; the outermost that is known. */
  static Optional<Trouble> of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Optional<Trouble> known = known(t);
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  private static Optional<Trouble> known(Throwable t) {
    String text = String.valueOf(t.getMessage());
    if (text.contains("Too many open files")) {
      return failed("too many open files: " + firstLine(t), FILES);
    }
    if (t instanceof OutOfMemoryError error) {
      return failed("out of memory (" + text + ")", OutOfMemory.cure(error));
    }
    if (t instanceof StackOverflowError) {
      return failed(
          "the stack is used up, as by data that is nested without end",
          "RONDO_JAVA_OPTS=-Xss8m makes it larger");
    }
    if (t instanceof LinkageError || t instanceof ClassNotFoundException) {
      return unloaded(t);
    }
    return ofStorage(t, text);
  }

  private static Optional<Trouble> unloaded(Throwable t) {
    String sentence = "a class cannot be loaded: " + firstLine(t);
    return filesAreUsedUp()
        ? failed(sentence + "; this process has as many open files as it may", FILES)
        : failed(sentence, "rondo doctor shows the class path; a jar may be missing or damaged");
  }

  /** A class path of hundreds of jars is opened jar by jar. */
  private static boolean filesAreUsedUp() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getOpenFileDescriptorCount() + 4 >= unix.getMaxFileDescriptorCount();
  }

  private static Optional<Trouble> ofStorage(Throwable t, String text) {
    String name = t.getClass().getSimpleName();
    if (text.contains("No FileSystem for scheme")) {
      return Optional.of(
          new Trouble(
              ExitCode.USAGE,
              firstLine(t),
              "put the jar of that file system on RONDO_CLASS_PATH, or --packages of rondo-submit",
              true));
    }
    if (name.equals("URISyntaxException") || text.contains("URISyntaxException")) {
      return Optional.of(new Trouble(ExitCode.USAGE, "not a path: " + firstLine(t), "", true));
    }
    if (name.equals("BindException")) {
      return failed(
          "no port is free, or the address is not this machine's: " + firstLine(t),
          "set spark.driver.bindAddress, SPARK_LOCAL_IP, or another spark.ui.port and spark.driver.port");
    }
    if (text.contains("StandbyException") || name.equals("StandbyException")) {
      return remote(t, "name the active name node, or the name service of both");
    }
    if (DENIED.contains(name)) {
      return remote(t, "this user may not do that: mend the permissions or the credentials");
    }
    if (t instanceof FSError) { // Hadoop's, of a local disk
      return failed("storage failed: " + StorageReason.of(t), "");
    }
    // Hadoop says so of a service that hangs up; other ends are those of files that are cut off.
    boolean hungUp = name.equals("EOFException") && text.contains(" between local host is: ");
    boolean ofNetwork =
        NETWORK.contains(name) && (t instanceof IOException || t.getCause() == null);
    return hungUp || ofNetwork ? remote(t, ADDRESS) : Optional.empty();
  }

  private static Optional<Trouble> failed(String sentence, String cure) {
    return Optional.of(new Trouble(ExitCode.FAILED, sentence, cure, false));
  }

  private static Optional<Trouble> remote(Throwable t, String cure) {
    return Optional.of(new Trouble(ExitCode.FAILED, StorageReason.of(t), cure, true));
  }

  private static String firstLine(Throwable t) {
    String message = t.getMessage() == null ? t.toString() : t.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
  }
}
