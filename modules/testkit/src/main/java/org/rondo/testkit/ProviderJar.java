package org.rondo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar as a user makes it: classes that are members of Rondo's open sets, such as a cell. */
public final class ProviderJar {
  private static final String SERVICE = "org.rondo.models.cells.Cell";
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");
  private static final String SOURCE =
      """
      package org.example;

      import java.util.List;
      import org.rondo.kernels.NativeBuffer;
      import org.rondo.models.cells.*;
      import org.rondo.models.parameters.*;
      import org.rondo.models.workspace.*;

      public final class UserCell implements Cell {
        /** Not when it is made: all members are made to find one. */
        private static Cell vanilla() { return Cell.named("vanilla"); }

        @Override public String name() { return "CELL"; }

        @Override public int projectionWidth(CellSpec spec) { return vanilla().projectionWidth(spec); }

        @Override public List<Integer> stateWidths(CellSpec spec) { return vanilla().stateWidths(spec); }

        @Override public List<ParameterSpec> parameters(CellSpec spec) { return vanilla().parameters(spec); }

        @Override public Recurrence bind(
            Workspace workspace, CellSpec spec, Projection projection, NativeBuffer gradient) {
          return vanilla().bind(workspace, spec, projection, gradient);
        }
      }
      """;

  private ProviderJar() {}

  /**
   * A cell that does what the vanilla one does.
   *
   * @param folder where the jar is made
   * @param name of the cell
   */
  public static Path ofCell(Path folder, String name) throws IOException {
    return of(folder, Map.of(SERVICE, SOURCE.replace("CELL", name)));
  }

  /**
   * Members of some open sets, compiled against this test's class path and packed with their
   * service files.
   *
   * @param folder where the jar is made
   * @param members by the name of the interface, the source of a class of package org.example
   */
  public static Path of(Path folder, Map<String, String> members) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("org/example"));
    Path jar = folder.resolve("user.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        var entries = new JarOutputStream(out)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        String name = compile(folder, member.getValue());
        write(entries, "META-INF/services/" + member.getKey(), name.getBytes(UTF_8));
      }
      for (Path file : files(classes)) {
        write(entries, "org/example/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return jar;
  }

  /** Compiles a class into the folder and returns its name. */
  private static String compile(Path folder, String source) throws IOException {
    Matcher declaration = CLASS.matcher(source);
    if (!declaration.find()) {
      throw new IllegalArgumentException("no public class in " + source);
    }
    String name = declaration.group(1);
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    String[] arguments = {
      "-proc:none",
      "-cp",
      System.getProperty("java.class.path"),
      "-d",
      folder.toString(),
      file.toString()
    };
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IllegalArgumentException("the user's class does not compile: " + name);
    }
    return "org.example." + name;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void write(JarOutputStream entries, String name, byte[] content)
      throws IOException {
    entries.putNextEntry(new JarEntry(name));
    entries.write(content);
  }
}
