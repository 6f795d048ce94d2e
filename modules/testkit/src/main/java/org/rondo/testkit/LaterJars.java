package org.rondo.testkit;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * The class loader of the calling thread's context until it is closed, with jars that come while it
 * runs, as Spark adds those of an application.
 */
public final class LaterJars implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  private final Loader loader = new Loader(before);

  private static final class Loader extends URLClassLoader {
    Loader(ClassLoader parent) {
      super(new URL[0], parent);
    }

    void add(URL url) {
      addURL(url);
    }
  }

  /** Without any jar at first. */
  public LaterJars() {
    thread.setContextClassLoader(loader);
  }

  /** Adds a jar. */
  public void add(Path jar) throws IOException {
    loader.add(jar.toUri().toURL());
  }

  @Override
  public void close() throws IOException {
    thread.setContextClassLoader(before);
    loader.close();
  }
}
