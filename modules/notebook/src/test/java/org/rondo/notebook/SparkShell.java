package org.rondo.notebook;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.repl.SparkILoop;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.InterpreterOutput;
import org.apache.zeppelin.interpreter.InterpreterResultMessage;
import org.rondo.testkit.EmbeddedExecutors;
import scala.Console;
import scala.Option;
import scala.collection.JavaConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.Results;

/**
 * Runs paragraphs as Zeppelin's Spark interpreter does: each as a whole through Spark's REPL, with
 * {@code sc} and {@code spark} there already, and what is printed parted into texts, tables and
 * pages by Zeppelin's own code.
 */
final class SparkShell implements AutoCloseable {
  /** What Zeppelin imports for everybody. */
  private static final List<String> IMPORTS =
      List.of(
          "import org.apache.spark.SparkContext._",
          "import spark.implicits._",
          "import spark.sql",
          "import org.apache.spark.sql.functions._");

  private final SparkSession spark;
  private final SparkILoop loop;
  private final PrintStream console = System.out;
  private InterpreterOutput output = new InterpreterOutput(new NobodyListens());

  /**
   * @param properties of a note's {@code %spark.conf} paragraphs
   * @param classes where the REPL writes what it compiles; executors load it from there
   */
  SparkShell(SparkConf conf, Properties properties, Path classes) throws IOException {
    properties.forEach((key, value) -> conf.setIfMissing(key.toString(), value.toString()));
    conf.set("spark.repl.class.outputDir", Files.createDirectories(classes).toString());
    spark = SparkSession.builder().config(conf).getOrCreate();
    loop =
        new SparkILoop(
            Option.empty(), new PrintWriter(new Current(), true, StandardCharsets.UTF_8));
    var settings = new Settings();
    var options =
        new ArrayList<String>(
            List.of("-Yrepl-class-based", "-Yrepl-outdir", classes.toString(), "-usejavacp"));
    if (conf.contains("spark.jars")) {
      options.add("-classpath");
      options.add(conf.get("spark.jars").replace(",", File.pathSeparator));
    }
    settings.processArguments(JavaConverters.asScalaBuffer(options).toList(), true);
    loop.settings_$eq(settings);
    loop.createInterpreter();
    loop.intp().initializeSynchronous();
    var transients = JavaConverters.asScalaBuffer(List.of("@transient")).toList();
    loop.intp().bind("spark", SparkSession.class.getName(), spark, transients);
    loop.intp().bind("sc", "org.apache.spark.SparkContext", spark.sparkContext(), transients);
    IMPORTS.forEach(loop.intp()::interpret);
  }

  /** Of the master, with this test's class path and JVM flags on its executors. */
  static SparkConf conf(String master) throws IOException {
    var conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("notes")
            .set("spark.ui.port", "0")
            .set("spark.ui.showConsoleProgress", "false")
            .set("spark.executor.memory", "768m")
            .set("spark.sql.warehouse.dir", Files.createTempDirectory("warehouse").toString());
    EmbeddedExecutors.properties().forEach(conf::set);
    return conf;
  }

  /**
   * What a paragraph came to.
   *
   * @param success whether it compiled and ran to its end
   */
  record Result(boolean success, List<InterpreterResultMessage> messages) {
    /** All that Zeppelin would show of one kind: TEXT, TABLE or HTML. */
    String shown(String type) {
      return messages.stream()
          .filter(message -> message.getType().name().equals(type))
          .map(InterpreterResultMessage::getData)
          .collect(Collectors.joining());
    }
  }

  /** Runs a paragraph's code. */
  Result run(String code) throws IOException {
    output = new InterpreterOutput(new NobodyListens());
    var printed = new PrintStream(new Current(), true, StandardCharsets.UTF_8);
    System.setOut(printed);
    try {
      Results.Result result = Console.withOut(printed, () -> loop.intp().interpret(code));
      output.flush();
      return new Result(result.toString().equals("Success"), output.toInterpreterResultMessage());
    } finally {
      System.setOut(console);
    }
  }

  /** Where Spark's pages are. */
  String pages() {
    return spark.sparkContext().uiWebUrl().get();
  }

  boolean isStopped() {
    return spark.sparkContext().isStopped();
  }

  @Override
  public void close() {
    loop.closeInterpreter();
    spark.stop();
  }

  /** Writes to the output of the paragraph that runs. */
  private final class Current extends OutputStream {
    @Override
    public void write(int value) {
      try {
        output.write(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
