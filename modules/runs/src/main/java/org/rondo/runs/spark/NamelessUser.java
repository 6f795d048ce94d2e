package org.rondo.runs.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;

/**
 * A user whose id is in no list of users, as in containers that run under ids of their own: the JVM
 * calls such a user {@code ?}, without a home, and Hadoop's login fails. Gives the user a name,
 * that of {@code HADOOP_USER_NAME} if it is set, and the temporary folder as home.
 *
 * <p>In JVMs that Rondo's main class does not start (spark-submit, the executors of {@code
 * local-cluster}) it acts as an agent: {@code -javaagent:rondo.jar}.
 */
public final class NamelessUser {
  private static final String UNKNOWN = "?";
  private static final String NAME = "user.name";
  private static final String HOME = "user.home";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private static boolean nameless;

  private NamelessUser() {}

  /** Called by the JVM before its main class. */
  public static void premain(String arguments) {
    name();
  }

  /** Names the user of this process, unless there is a name. */
  static synchronized void name() {
    if (UNKNOWN.equals(System.getProperty(HOME))) {
      System.setProperty(HOME, System.getProperty("java.io.tmpdir"));
    }
    if (UNKNOWN.equals(System.getProperty(NAME))) {
      nameless = true;
      String name =
          Optional.ofNullable(System.getenv("HADOOP_USER_NAME")).orElseGet(NamelessUser::id);
      System.setProperty(NAME, name);
      if (!UserGroupInformation.isSecurityEnabled()) { // Kerberos knows its users by tickets
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
      }
    }
  }

  /**
   * Gives the executors that this process's user will run, those of {@code local-cluster}, a name.
   *
   * @param jar of Rondo; without one, they cannot be helped
   */
  static synchronized void nameExecutors(SparkConf conf, Optional<Path> jar) {
    if (nameless && jar.isPresent() && conf.get("spark.master").startsWith("local-cluster")) {
      String agent = "\"-javaagent:" + jar.get() + "\"";
      conf.set(OPTIONS, (conf.get(OPTIONS, "") + " " + agent).strip());
    }
  }

  private static String id() {
    try {
      return "uid-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException e) {
      return "nameless";
    }
  }
}
