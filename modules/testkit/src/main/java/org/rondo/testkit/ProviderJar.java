package org.rondo.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar as a user makes it: one class that is a member of one of Rondo's open sets, a cell. */
public final class ProviderJar {
  private static final String SERVICE = "org.rondo.models.cells.Cell";
  private static final String NAME = "UserCell";
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
   * A cell that does what the vanilla one does, compiled against this test's class path and packed
   * with its service file.
   *
   * @param folder where the jar is made
   * @param name of the cell
   */
  public static Path ofCell(Path folder, String name) throws IOException {
    Path file = Files.writeString(folder.resolve(NAME + ".java"), SOURCE.replace("CELL", name));
    String[] arguments = {
      "-proc:none",
      "-cp",
      System.getProperty("java.class.path"),
      "-d",
      folder.toString(),
      file.toString()
    };
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IllegalArgumentException("the user's cell does not compile");
    }
    String compiled = String.format(Locale.ROOT, "org/example/%s.class", NAME);
    Path jar = folder.resolve(NAME + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        var entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + SERVICE));
      entries.write(
          String.format(Locale.ROOT, "org.example.%s", NAME).getBytes(StandardCharsets.UTF_8));
      entries.putNextEntry(new JarEntry(compiled));
      entries.write(Files.readAllBytes(folder.resolve(compiled)));
    }
    return jar;
  }
}
