package org.rondo.ingest;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;

/**
 * Why storage refused something, in words for users. The exceptions of the JVM and of Hadoop say
 * part of it by their class alone, and carry the classes of others in their messages.
 */
public final class StorageReason {
  /** Such as {@code java.net.ConnectException: }. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?:[A-Z]\\w*\\$)?([A-Z]\\w*)(?:Exception|Error)(: *)?");

  private static final Pattern NEW_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private StorageReason() {}

  /** One line without the name of a class. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    boolean wraps = cause instanceof FSError || cause instanceof UncheckedIOException;
    if (wraps && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? "" : plain(cause.getMessage());
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      return message.isEmpty()
          ? kind(file)
          : String.format(Locale.ROOT, "%s: %s", message, kind(file));
    }
    if (cause instanceof UnknownHostException && !message.contains(" ")) {
      return "unknown host " + message;
    }
    return message.isEmpty() ? kind(cause) : message;
  }

  /** The first line; names of classes as words where nothing follows them. */
  private static String plain(String message) {
    String line = message.lines().findFirst().orElse("");
    return CLASS_NAME
        .matcher(line)
        .replaceAll(
            name ->
                name.group(2) != null && !name.group(1).equals("UnknownHost")
                    ? ""
                    : words(name.group(1)) + (name.group(2) == null ? "" : " "))
        .strip();
  }

  private static String kind(Throwable failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (failure instanceof EOFException) {
      return "it ends early";
    }
    String name = failure.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
    boolean tellsNothing = name.isEmpty() || name.equals("IO") || name.equals("FileSystem");
    return tellsNothing ? "no reason is given" : words(name);
  }

  private static String words(String name) {
    return NEW_WORD.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}
