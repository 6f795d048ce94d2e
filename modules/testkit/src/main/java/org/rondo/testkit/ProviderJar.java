package org.rondo.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar as a user makes it: one class that is a member of one of Rondo's open sets. */
public final class ProviderJar {
  private ProviderJar() {}

  /**
   * Compiles the class against this test's class path and packs it with its service file.
   *
   * @param folder where the jar is made
   * @param service interface of the open set
   * @param name of the class, with its package
   * @param source of the class
   */
  public static Path of(Path folder, Class<?> service, String name, String source)
      throws IOException {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    Path file = Files.writeString(folder.resolve(simple + ".java"), source);
    String[] arguments = {
      "-proc:none",
      "-cp",
      System.getProperty("java.class.path"),
      "-d",
      folder.toString(),
      file.toString()
    };
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IllegalArgumentException(name + " does not compile");
    }
    String compiled = name.replace('.', '/') + ".class";
    Path jar = folder.resolve(simple + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        var entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
      entries.write(name.getBytes(StandardCharsets.UTF_8));
      entries.putNextEntry(new JarEntry(compiled));
      entries.write(Files.readAllBytes(folder.resolve(compiled)));
    }
    return jar;
  }
}
