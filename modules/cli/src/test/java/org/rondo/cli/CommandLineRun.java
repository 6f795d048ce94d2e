package org.rondo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What a command line came to, run in this process. */
public record CommandLineRun(int exitCode, String out, String err) {
  public static CommandLineRun of(List<String> arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }

  /** A command on a configuration, on two threads of this process. */
  public static CommandLineRun of(String command, String conf, String... more) {
    var arguments = new ArrayList<>(List.of(command, conf, "--master", "local[2]"));
    arguments.addAll(List.of("--set", "spark.ui.enabled=false"));
    arguments.addAll(List.of(more));
    return of(arguments);
  }

  /** The one line of JSON on standard output. */
  JsonNode json() throws JsonProcessingException {
    if (out.lines().count() != 1) {
      throw new AssertionError("not one line on standard output: " + out + "\n" + err);
    }
    return new ObjectMapper().readTree(out);
  }
}
