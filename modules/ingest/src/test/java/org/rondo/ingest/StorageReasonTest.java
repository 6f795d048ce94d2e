package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageReasonTest {
  @ParameterizedTest
  @MethodSource
  void classesBecomeWords(Throwable failure, String words) {
    assertThat(StorageReason.of(failure)).isEqualTo(words);
  }

  static Stream<Arguments> classesBecomeWords() {
    return Stream.of(
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new AccessDeniedException("/x/y"), "/x/y: permission denied"),
        Arguments.of(new NoSuchFileException("/x/y"), "/x/y: it does not exist"),
        Arguments.of(new FileAlreadyExistsException("/x/y"), "/x/y: it is there already"),
        Arguments.of(new FileSystemException("/x", null, "Is a directory"), "/x: Is a directory"),
        Arguments.of(
            new ParentNotDirectoryException("Parent path is not a directory: file:/x"),
            "Parent path is not a directory: file:/x"),
        Arguments.of(
            new ConnectException(
                "Call From here to there:9 failed on connection exception: "
                    + "java.net.ConnectException: Connection refused"),
            "Call From here to there:9 failed on connection exception: Connection refused"),
        Arguments.of(new UnknownHostException("nowhere"), "unknown host nowhere"),
        Arguments.of(
            new IllegalArgumentException(new UnknownHostException("nowhere")),
            "unknown host nowhere"),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/x")), "/x: permission denied"),
        Arguments.of(new EOFException(), "it ends early"),
        Arguments.of(new ClosedChannelException(), "closed channel"),
        Arguments.of(new IOException(), "no reason is given"));
  }
}
