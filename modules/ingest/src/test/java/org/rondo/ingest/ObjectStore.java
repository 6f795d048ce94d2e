package org.rondo.ingest;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Files that are no local ones to Rondo: under the scheme {@code objects}, where the rename of a
 * folder is not one step, and {@code hdfs}, where it is, and moves into a folder that exists.
 */
public final class ObjectStore extends FileSystem {
  private static final AtomicInteger RENAMES = new AtomicInteger(Integer.MAX_VALUE);
  private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>();

  private final RawLocalFileSystem files = new RawLocalFileSystem();
  private URI uri;
  private Path workingDirectory;

  public static Configuration register(Configuration hadoop) {
    hadoop.setClass("fs.objects.impl", ObjectStore.class, FileSystem.class);
    hadoop.setClass("fs.hdfs.impl", ObjectStore.class, FileSystem.class);
    return hadoop;
  }

  /** So many files can still be renamed; then the store does not answer. */
  public static void failAfterRenames(int count) {
    RENAMES.set(count);
  }

  /** Runs once before the next rename of a folder. */
  public static void beforeRename(Runnable meanwhile) {
    MEANWHILE.set(meanwhile);
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    uri =
        URI.create(
            name.getScheme() + "://" + (name.getAuthority() == null ? "/" : name.getAuthority()));
    workingDirectory = new Path(uri.getScheme(), uri.getAuthority(), "/");
    files.initialize(URI.create("file:///"), conf);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (getFileStatus(from).isDirectory()) {
      if (!uri.getScheme().equals("hdfs")) {
        throw new IOException("a folder is renamed, which is not one step");
      }
      Runnable meanwhile = MEANWHILE.getAndSet(null);
      if (meanwhile != null) {
        meanwhile.run();
      }
      Path target = local(exists(to) ? new Path(to, from.getName()) : to);
      return files.pathToFile(local(from)).renameTo(files.pathToFile(target));
    }
    if (RENAMES.getAndDecrement() <= 0) {
      throw new IOException("the store does not answer");
    }
    return files.rename(local(from), local(to));
  }

  private static Path local(Path path) {
    return new Path(null, null, path.toUri().getPath());
  }

  private FileStatus here(FileStatus status) {
    status.setPath(
        new Path(uri.getScheme(), uri.getAuthority(), status.getPath().toUri().getPath()));
    return status;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return files.open(local(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return files.create(local(path), overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("append");
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return files.delete(local(path), recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] listed = files.listStatus(local(path));
    for (FileStatus each : listed) {
      here(each);
    }
    return listed;
  }

  @Override
  public void setWorkingDirectory(Path directory) {
    workingDirectory = directory;
  }

  @Override
  public Path getWorkingDirectory() {
    return workingDirectory;
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return files.mkdirs(local(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return here(files.getFileStatus(local(path)));
  }
}
