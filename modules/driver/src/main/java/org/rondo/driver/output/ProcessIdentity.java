package org.rondo.driver.output;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A process, told apart from every other one, earlier and later ones on its machine included.
 *
 * @param host name of its machine, for people
 * @param machine within which process ids are unique: the boot of a kernel and its namespace of
 *     process ids; the host's name where the system tells neither
 * @param pid its number
 * @param started when it began, as its system counts; equal numbers with other beginnings are other
 *     processes
 * @param user who runs it
 */
record ProcessIdentity(String host, String machine, long pid, String started, String user) {
  /** What this process knows of another one. */
  enum Life {
    /** It is this process. */
    SELF,
    /** It runs. */
    ALIVE,
    /** It has ended. */
    DEAD,
    /** It cannot be seen from here: it is on another machine, in another container, or hidden. */
    UNKNOWN
  }

  /** Fields of {@code /proc/PID/stat} behind the name, which may hold spaces: state, start. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** This process. */
  static ProcessIdentity own() {
    String host = hostName();
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(
        host, machine(host), pid, startOf(pid).orElse(""), System.getProperty("user.name", "?"));
  }

  /** Whether that process still runs. */
  Life life() {
    ProcessIdentity own = own();
    if (!machine.equals(own.machine)) {
      return Life.UNKNOWN;
    }
    if (startOf(pid).equals(Optional.of(started))) {
      return pid == own.pid ? Life.SELF : Life.ALIVE;
    }
    // Systems may hide the processes of other users.
    return user.equals(own.user) ? Life.DEAD : Life.UNKNOWN;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "process %d of user %s on %s", pid, user, host);
  }

  private static String machine(String host) {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException e) {
      return host;
    }
  }

  /** When a process began; empty if there is none, or it has ended and nobody has noticed. */
  private static Optional<String> startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = "ZXx".contains(fields[STATE]);
      return ended ? Optional.empty() : Optional.of(fields[START]);
    } catch (IOException | RuntimeException e) {
      return ProcessHandle.of(pid)
          .filter(process -> !Files.isDirectory(Path.of("/proc/self")))
          .map(process -> process.info().startInstant().map(Object::toString).orElse(""));
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }
}
