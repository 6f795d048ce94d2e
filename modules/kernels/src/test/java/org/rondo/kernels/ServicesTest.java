package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  /** A service whose members are named only by a folder that a test puts into a class loader. */
  public interface Greeting {}

  /** The one member. */
  public static final class Hello implements Greeting {}

  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  private URL[] folder;

  @BeforeEach
  void nameTheMember(@TempDir Path temporary) throws IOException {
    Path services = Files.createDirectories(temporary.resolve("META-INF/services"));
    Files.writeString(services.resolve(Greeting.class.getName()), Hello.class.getName());
    folder = new URL[] {temporary.toUri().toURL()};
  }

  @AfterEach
  void restoreContext() {
    thread.setContextClassLoader(before);
  }

  @Test
  void membersBelowTheLoaderOfTheTypeAreFoundThroughTheContext() throws IOException {
    try (var below = new URLClassLoader(folder, before)) {
      thread.setContextClassLoader(below);
      assertThat(Services.load(Greeting.class)).singleElement().isInstanceOf(Hello.class);
    }
    assertThat(Services.load(Greeting.class)).isEmpty();
  }

  @Test
  void aContextThatDoesNotSeeTheTypeHidesNoMember() throws IOException {
    int all = Services.load(MatmulProvider.class).size();
    assertThat(all).isPositive();
    try (var elsewhere = new URLClassLoader(folder, null)) {
      thread.setContextClassLoader(elsewhere);
      assertThat(Services.load(MatmulProvider.class)).hasSize(all);
      assertThat(Services.load(Greeting.class)).isEmpty();
    }
    thread.setContextClassLoader(null);
    assertThat(Services.load(MatmulProvider.class)).hasSize(all);
  }
}
