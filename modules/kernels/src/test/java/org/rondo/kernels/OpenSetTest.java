package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSetTest {
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

  private static OpenSet<Greeting> greetings() {
    return new OpenSet<>(Greeting.class, "talk.greeting", "greeting", each -> "hello");
  }

  private static OpenSet<MatmulProvider> matmuls() {
    return new OpenSet<>(MatmulProvider.class, "kernels.matmul", "product", MatmulProvider::name);
  }

  /** A loader to which a jar can be added, as Spark adds those that come while it runs. */
  private static final class Growing extends URLClassLoader {
    Growing(ClassLoader parent) {
      super(new URL[0], parent);
    }

    void add(URL url) {
      addURL(url);
    }
  }

  @Test
  void membersBelowTheLoaderOfTheTypeAreFoundThroughTheContext() throws IOException {
    OpenSet<Greeting> greetings = greetings();
    try (var below = new URLClassLoader(folder, before)) {
      thread.setContextClassLoader(below);
      assertThat(greetings.named("hello")).isInstanceOf(Hello.class);
      assertThat(greetings.names()).containsExactly("hello");
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(greetings.names()).isEmpty();
  }

  @Test
  void aContextThatDoesNotSeeTheTypeHidesNoMember() throws IOException {
    assertThat(matmuls().names()).isNotEmpty();
    try (var elsewhere = new URLClassLoader(folder, null)) {
      thread.setContextClassLoader(elsewhere);
      assertThat(matmuls().names()).isEqualTo(Kernels.MATMULS.names());
      assertThat(greetings().names()).isEmpty();
    }
    thread.setContextClassLoader(null);
    assertThat(matmuls().names()).isEqualTo(Kernels.MATMULS.names());
  }

  @Test
  void membersAreMadeOnceForEachLoader() throws IOException {
    OpenSet<Greeting> greetings = greetings();
    try (var below = new URLClassLoader(folder, before);
        var beside = new URLClassLoader(folder, before)) {
      thread.setContextClassLoader(below);
      Greeting hello = greetings.named("hello");
      assertThat(greetings.named("hello")).isSameAs(hello);
      assertThat(greetings.find("goodbye")).isEmpty(); // has searched again
      assertThat(greetings.named("hello")).isSameAs(hello);
      thread.setContextClassLoader(beside);
      assertThat(greetings.named("hello")).isNotSameAs(hello);
    }
  }

  @Test
  void aMemberWhoseJarComesAfterTheFirstSearchIsFound() throws IOException {
    OpenSet<Greeting> greetings = greetings();
    try (var growing = new Growing(before)) {
      thread.setContextClassLoader(growing);
      assertThat(greetings.names()).isEmpty();
      growing.add(folder[0]);
      assertThat(greetings.names()).as("searched once").isEmpty();
      assertThat(greetings.named("hello")).isInstanceOf(Hello.class);
      assertThat(greetings.names()).containsExactly("hello");
    }
  }

  @Test
  void aNameThatNoMemberHasIsRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> matmuls().named("abacus"))
        .isInstanceOf(ValueException.class)
        .hasMessageStartingWith("kernels.matmul = abacus: no such product; there are [")
        .hasMessageContaining("java");
    assertThatThrownBy(() -> matmuls().named(null))
        .hasMessageStartingWith("kernels.matmul = null: no such product");
  }
}
