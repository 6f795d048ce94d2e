package org.rondo.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.IngestException;
import org.rondo.training.TrainingException;

final class ExplanationTest {
  private static final String PLACES = ", while using output = hdfs://a:1/b";

  static Stream<Arguments> failuresOfOthers() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), 4, "hdfs://a:1/b; see that"),
        Arguments.of(new UnknownHostException("nowhere"), 4, "unknown host nowhere"),
        Arguments.of(
            new IllegalArgumentException(new UnknownHostException("nowhere")), 4, "hdfs://a:1/b"),
        Arguments.of(
            new EOFException("End of File Exception between local host is: \"b\""),
            4,
            "hdfs://a:1/b; see that"),
        Arguments.of(new BindException("Address already in use"), 4, "no port is free"),
        Arguments.of(new StandbyException("READ is not supported"), 4, "the active name node"),
        Arguments.of(new AccessControlException("Permission denied"), 4, "mend the permissions"),
        Arguments.of(
            new UnsupportedFileSystemException("No FileSystem for scheme \"x\""),
            2,
            "RONDO_CLASS_PATH"),
        Arguments.of(new OutOfMemoryError("unable to create native thread"), 4, "no more threads"),
        Arguments.of(new OutOfMemoryError("Java heap space"), 4, "RONDO_JAVA_OPTS=-Xmx4g"),
        Arguments.of(
            new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory"),
            4,
            "MaxDirectMemorySize"),
        Arguments.of(new StackOverflowError(), 4, "-Xss8m"),
        Arguments.of(new NoClassDefFoundError("org/x/Y"), 4, "cannot be loaded: org/x/Y"),
        Arguments.of(
            new IOException("opening a.jar", new IOException("a.jar (Too many open files)")),
            4,
            "ulimit -n 4096"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfOthers")
  void aFailureOfOthersIsOneSentenceWithOperationAndCure(Throwable failure, int code, String part) {
    var wrapped = new RuntimeException("Job aborted due to stage failure", failure);

    Explanation explanation = Explanation.of(wrapped, "train", () -> PLACES);

    assertThat(explanation.sentence()).startsWith("train: ").contains(part).contains("; ");
    assertThat(explanation.sentence().lines()).hasSize(1);
    assertThat(explanation.code().number()).isEqualTo(code);
  }

  @Test
  void whatRondoWordedStaysAndGetsTheCure() {
    var failure = new TrainingException("a worker failed", new OutOfMemoryError("Java heap space"));

    assertThat(Explanation.of(failure, "train", () -> PLACES).sentence())
        .startsWith("a worker failed; the heap of this process ends at");
    var cutOff = new IngestException("a.gz is cut off", new EOFException("Unexpected end"));
    assertThat(Explanation.of(cutOff, "train", () -> PLACES))
        .isEqualTo(new Explanation(ExitCode.DATA, "a.gz is cut off"));
    assertThat(Explanation.of(new IngestException("empty"), "train", () -> PLACES))
        .isEqualTo(new Explanation(ExitCode.DATA, "empty"));
  }

  @Test
  void whatNobodyWordedNamesTheOperationAndItsKind() {
    var failure = new UncheckedIOException(new IOException("disk is gone\nsecond line"));

    assertThat(Explanation.of(failure, "prepare", () -> PLACES))
        .isEqualTo(new Explanation(ExitCode.FAILED, "prepare: disk is gone"));
  }
}
